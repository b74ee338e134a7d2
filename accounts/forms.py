import unicodedata
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import zones
from accounts.models import Agent
from accounts.models.agent import agent_id_validator

_PASSWORD_AT_MOST = 128
#: What browsers and password managers should know about a field that holds a name people type exactly.
_AS_TYPED = {"autocapitalize": "none", "spellcheck": "false"}


def plain(typed: str) -> str:
    """Full-width letters and figures, as Chinese keyboards type them, as the ones that are meant."""
    return "".join(unicodedata.normalize("NFKC", typed).split())


class LineField(forms.CharField):
    """Words in one line: a browser sends no other, and a mail's subject holds no other."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class AgentIdField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value) or "").lower()


class Form(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class SignInForm(Form):
    company_id = forms.CharField(
        label=_("Company ID"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "organization", **_AS_TYPED}),
    )
    agent_id = AgentIdField(
        label=_("Agent ID"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "username", **_AS_TYPED}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=_PASSWORD_AT_MOST,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    remember_me = forms.BooleanField(label=_("Remember me"), required=False)
    next = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.initial.get("company_id")
        first = "password" if self.is_bound else "agent_id" if known else "company_id"
        self.fields[first].widget.attrs["autofocus"] = True

    def clean_company_id(self) -> str:
        return plain(self.cleaned_data["company_id"])


class SignUpForm(Form):
    company_name = LineField(
        label=_("Company name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "autofocus": True}),
    )
    name = LineField(
        label=_("Your name"),
        max_length=60,
        help_text=_("Visitors see it when you talk with them."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    agent_id = AgentIdField(
        label=_("Agent ID"),
        max_length=30,
        help_text=_("You sign in with it: 2 to 30 letters or digits, for example alice."),
        validators=[agent_id_validator],
        widget=forms.TextInput(attrs={"autocomplete": "username", **_AS_TYPED}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("We send one mail to it, with a link that confirms your company."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=_PASSWORD_AT_MOST,
        help_text=password_validation.password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
    )
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
            except ValidationError as error:
                self.add_error("password", error)
        return typed
