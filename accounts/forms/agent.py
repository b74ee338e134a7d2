"""Forms about an agent. What may be chosen depends on who chooses: nobody gives what they do not have."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import capability_words
from accounts.capabilities import Capability
from accounts.forms import fields
from accounts.models import Agent, Group, Role
from accounts.models.agent import agent_id_validator

_EXCEPTION = "may_"


class FactsForm(fields.Form):
    """Who somebody is and what they are to do."""

    name = fields.LineField(
        label=_("Display name"), max_length=60, help_text=_("Visitors see it when they talk with this agent.")
    )
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    telephone = fields.LineField(label=_("Telephone"), max_length=40, required=False)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("As the browser says")), *settings.LANGUAGES]
    )
    role = forms.ModelChoiceField(Role.objects.none(), label=_("Role"), empty_label=None)
    groups = forms.ModelMultipleChoiceField(
        Group.objects.none(), label=_("Groups"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, by: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_from(self, "role", roles_for(by))
        self.initial.setdefault("role", Role.objects.filter(kind=Role.Kind.AGENT).first())
        groups = Group.objects.in_order()
        _choose_from(self, "groups", groups)
        if not groups.exists():
            del self.fields["groups"]

    def facts(self) -> dict[str, Any]:
        return {"groups": [], **self.cleaned_data}


class AddForm(FactsForm):
    """Somebody who signs in with a password that is told to them."""

    agent_id = fields.AgentIdField(
        label=_("Agent ID"),
        max_length=30,
        help_text=_(
            "They sign in with it: 2 to 30 letters or digits, for example bob. It cannot be changed later."
        ),
        validators=[agent_id_validator],
        widget=forms.TextInput(attrs={"autocomplete": "off", **fields.AS_TYPED}),
    )
    password = fields.NewPasswordField(label=_("Password"))
    must_change_password = forms.BooleanField(
        label=_("Ask for a password of their own at the first sign-in"), required=False, initial=True
    )
    field_order = ["agent_id", "name", "password", "must_change_password", "role", "groups"]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        judge_password(self, typed)
        return typed


class InviteForm(FactsForm):
    """Somebody who gets a mail and chooses name and password."""

    agent_id = AddForm.base_fields["agent_id"]
    field_order = ["email", "agent_id", "name", "role", "groups"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["name"].required = False
        self.fields["name"].help_text = _("They can choose another one when they accept.")
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            ("", _("As the company’s")),
            *settings.LANGUAGES,
        ]


class AcceptForm(fields.Form):
    """What somebody who was invited chooses."""

    name = FactsForm.base_fields["name"]
    password = AddForm.base_fields["password"]

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agent = agent
        self.fields["name"].help_text = _("Visitors see it when you talk with them.")

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        judge_password(self, {"agent_id": self.agent.agent_id, "email": self.agent.email, **typed})
        return typed


class Choice(NamedTuple):
    """A capability in the table of exceptions."""

    line: capability_words.Line
    by_role: bool
    field: BoundField


class EditForm(FactsForm):
    """Somebody who is there, with what they may do beyond their role, and what not although it says so."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Agent, agent: Agent, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(agent)
        super().__init__(*args, by=by, **kwargs)
        self.agent = agent
        self.is_own = by.pk == agent.pk
        if self.is_own:
            # Nobody changes their own role or permissions, whatever a form says.
            self.fields["role"].disabled = True
            _choose_from(self, "role", Role.objects.filter(pk=agent.role_id))
            return
        _choose_from(self, "role", (roles_for(by) | Role.objects.filter(pk=agent.role_id)).order_by("pk"))
        if not agent.is_administrator:
            for capability in Capability:
                self.fields[_EXCEPTION + capability] = _exception(capability)

    @property
    def has_exceptions(self) -> bool:
        return any(name.startswith(_EXCEPTION) for name in self.fields)

    def exceptions(self) -> Iterator[tuple[Promise, list[Choice]]]:
        """By subject."""
        for subject in capability_words.SUBJECTS:
            yield subject.title, [self._choice(line) for line in subject.lines]

    def _choice(self, line: capability_words.Line) -> Choice:
        return Choice(line, self.agent.role.allows(line.capability), self[_EXCEPTION + line.capability])

    def plain_fields(self) -> list[BoundField]:
        return [self[name] for name in self.fields if not name.startswith(_EXCEPTION) and name != "version"]

    def changes(self) -> dict[str, Any]:
        """For the service: what was typed, the exceptions as two lists."""
        typed = {name: value for name, value in self.cleaned_data.items() if not name.startswith(_EXCEPTION)}
        if self.is_own:
            del typed["role"]
        return {**typed, **self._chosen_exceptions()}

    def _chosen_exceptions(self) -> dict[str, list[str]]:
        if not self.has_exceptions:
            return {}
        chosen = {one.value: self.cleaned_data[_EXCEPTION + one] for one in Capability}
        return {
            "granted": sorted(one for one, how in chosen.items() if how == "granted"),
            "withheld": sorted(one for one, how in chosen.items() if how == "withheld"),
        }


def roles_for(by: Agent) -> Any:
    """The roles that this agent may give to others."""
    roles = Role.objects.order_by("pk")
    if by.is_administrator:
        return roles
    others = roles.exclude(kind=Role.Kind.ADMINISTRATOR)
    return others.filter(capabilities__contained_by=sorted(by.capabilities))


def judge_password(form: forms.Form, typed: dict[str, Any]) -> None:
    """Judged last, since it must not resemble the rest."""
    person = Agent(**{name: typed.get(name, "") for name in ("agent_id", "name", "email")})
    if "password" in typed:
        try:
            password_validation.validate_password(typed["password"], person)
        except ValidationError as error:
            form.add_error("password", error)


def _exception(capability: Capability) -> forms.ChoiceField:
    choices = [("", _("As the role says")), ("granted", _("Granted")), ("withheld", _("Withheld"))]
    return forms.ChoiceField(
        label=capability.label, choices=choices, required=False, widget=forms.RadioSelect
    )


def _initial(agent: Agent) -> dict[str, Any]:
    plain = {name: getattr(agent, name) for name in ("name", "email", "telephone", "language", "version")}
    exceptions = {_EXCEPTION + one: "granted" for one in agent.granted} | {
        _EXCEPTION + one: "withheld" for one in agent.withheld
    }
    return {**plain, **exceptions, "role": agent.role_id, "groups": list(agent.groups.all())}


def _choose_from(form: forms.Form, name: str, rows: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
