from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms import fields
from accounts.models import Agent


class GroupForm(fields.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    name = fields.LineField(label=pgettext_lazy("of a thing", "Name"), max_length=60)
    description = fields.LineField(
        label=_("Description"),
        max_length=200,
        required=False,
        help_text=_("For visitors: what this group can help with."),
    )
    agents = forms.ModelMultipleChoiceField(
        queryset=Agent.objects.none(), label=_("Members"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agents = self.fields["agents"]
        assert isinstance(agents, forms.ModelMultipleChoiceField)
        agents.queryset = Agent.objects.existing().order_by("name", "pk")

    @property
    def chosen(self) -> set[int]:
        """Who is ticked, as typed or as it was."""
        chosen = (fields.number(str(pk)) for pk in self["agents"].value() or [])
        return {pk for pk in chosen if pk is not None}
