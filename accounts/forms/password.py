from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from accounts.forms import fields
from accounts.models import Agent


def _new_password() -> forms.CharField:
    return forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=fields.PASSWORD_AT_MOST,
        help_text=password_validation.password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
    )


class NewPasswordForm(fields.Form):
    """What is typed is judged by the policy, knowing whose password it is to be."""

    password = _new_password()

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agent = agent

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.agent)
        return password


class ChangePasswordForm(NewPasswordForm):
    present = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=fields.PASSWORD_AT_MOST,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}, render_value=False),
    )
    field_order = ["present", "password"]


class ForgottenPasswordForm(fields.Form):
    company_id = forms.CharField(
        label=_("Company ID"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "organization", **fields.AS_TYPED}
        ),
    )
    agent_id = fields.AgentIdField(
        label=_("Agent ID"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "username", **fields.AS_TYPED}),
    )

    def clean_company_id(self) -> str:
        return fields.plain(self.cleaned_data["company_id"])


class ResetForm(fields.Form):
    """How somebody who manages agents gives one of them a new password."""

    way = forms.ChoiceField(
        choices=[("mail", _("Send a link by mail")), ("temporary", _("Make a temporary password"))],
        error_messages={
            "required": _("Choose one of the two."),
            "invalid_choice": _("Choose one of the two."),
        },
    )
