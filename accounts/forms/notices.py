from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import fields
from accounts.models import Agent, Group, Notice
from accounts.services import notices

AUDIENCES = [
    (Notice.Audience.ALL, _("Everyone")),
    (Notice.Audience.GROUPS, _("Groups")),
    (Notice.Audience.AGENTS, _("Agents, by name")),
]


class MomentField(forms.DateTimeField):
    """A day and a time, in the company's time zone."""

    default_validators = [fields.foreseeable]

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, required=False, **options)


class NoticeForm(fields.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = fields.LineField(label=_("Title"), max_length=120)
    text = forms.CharField(
        label=_("Text"),
        max_length=5000,
        help_text=_("Plain text, 5,000 characters at most. Web addresses become links."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    audience = forms.ChoiceField(
        label=_("To"),
        choices=AUDIENCES,
        initial=Notice.Audience.ALL,
        widget=forms.RadioSelect,
    )
    groups = forms.ModelMultipleChoiceField(
        label=_("Groups"),
        queryset=Group.objects.none(),
        required=False,
        help_text=_("Whoever joins one of them while the notice is shown sees it too."),
        widget=forms.CheckboxSelectMultiple,
    )
    agents = forms.ModelMultipleChoiceField(
        label=_("Agents"),
        queryset=Agent.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    starts_at = MomentField(label=_("From"))
    ends_at = MomentField(label=_("Until"))

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices("groups", Group.objects.in_order())
        if not Group.objects.exists():
            self._leave_out_groups()
        self._choices("agents", Agent.objects.active().order_by("name", "pk"))
        self.fields["starts_at"].help_text = _("Empty: at once. Times are in the time zone %(zone)s.") % {
            "zone": zone
        }
        self.fields["ends_at"].help_text = _(
            "Empty: until it is withdrawn. Times are in the time zone %(zone)s."
        ) % {"zone": zone}

    def _leave_out_groups(self) -> None:
        del self.fields["groups"]
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)
        audience.choices = [one for one in AUDIENCES if one[0] != Notice.Audience.GROUPS]

    def _choices(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = rows

    @property
    def words(self) -> notices.Words:
        typed = dict(self.cleaned_data)
        typed.pop("version")
        return notices.Words(**typed)


def of(notice: Notice) -> dict[str, Any]:
    """What the form begins with."""
    return {
        "version": notice.version,
        "title": notice.title,
        "text": notice.text,
        "audience": notice.audience,
        "groups": list(notice.groups.all()),
        "agents": list(notice.agents.all()),
        "starts_at": notice.starts_at,
        "ends_at": notice.ends_at,
    }
