from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from accounts.forms import fields
from accounts.forms.account import AccountForm
from accounts.models import Agent


class NewPasswordForm(fields.Form):
    """What is typed is judged by the policy, knowing whose password it is to be."""

    password = fields.NewPasswordField(label=_("New password"))

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


class ForgottenPasswordForm(AccountForm):
    """A link is mailed to whoever it is."""


class ResetForm(fields.Form):
    """How somebody who manages agents gives one of them a new password."""

    way = forms.ChoiceField(
        choices=[("mail", _("Send a link by mail")), ("temporary", _("Make a temporary password"))],
        error_messages={
            "required": _("Choose one of the two."),
            "invalid_choice": _("Choose one of the two."),
        },
    )
