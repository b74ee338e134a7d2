from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import password_policy, zones
from accounts.forms import fields
from accounts.models import Agent
from accounts.models.agent import agent_id_validator


class SignUpForm(fields.Form):
    company_name = fields.LineField(
        label=_("Company name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "autofocus": True}),
    )
    name = fields.LineField(
        label=_("Your name"),
        max_length=60,
        help_text=_("Visitors see it when you talk with them."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    agent_id = fields.AgentIdField(
        label=_("Agent ID"),
        max_length=30,
        help_text=_("You sign in with it: 2 to 30 letters or digits, for example alice."),
        validators=[agent_id_validator],
        widget=forms.TextInput(attrs={"autocomplete": "username", **fields.AS_TYPED}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("We send one mail to it, with a link that confirms your company."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = fields.NewPasswordField(label=_("Password"))
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones.choices,
        help_text=_("Times in your records and reports are told in it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            # The page's script chooses the browser's own, as long as nobody has chosen.
            self.fields["time_zone"].widget.attrs["data-time-zone"] = True

    def clean(self) -> dict[str, Any]:
        """The password is judged last, since it must not resemble the rest."""
        typed = self.cleaned_data
        person = Agent(**{name: typed.get(name, "") for name in ("agent_id", "name", "email")})
        if "password" in typed:
            try:
                password_validation.validate_password(typed["password"], person)
                password_policy.check_unlike(typed["password"], typed.get("company_name", ""))
            except ValidationError as error:
                self.add_error("password", error)
        return typed
