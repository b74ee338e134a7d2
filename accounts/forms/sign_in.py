from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import fields
from accounts.forms.account import AccountForm


class SignInForm(AccountForm):
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=fields.PASSWORD_AT_MOST,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    remember_me = forms.BooleanField(label=_("Remember me"), required=False)
    next = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.initial.get("company_id")
        first = "password" if self.is_bound else "agent_id" if known else "company_id"
        self.fields[first].widget.attrs["autofocus"] = True
