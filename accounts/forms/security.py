from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import proofs
from accounts.forms import fields
from accounts.forms.second_step import PasskeyField


class ProveForm(fields.Form):
    """One's own password, before something that a passer-by must not do."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=fields.PASSWORD_AT_MOST,
        help_text=format_lazy(
            _(
                "So that nobody else at your screen can do this. You are not asked again for {minutes} minutes."
            ),
            minutes=int(proofs.LASTS.total_seconds() // 60),
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


def _name() -> fields.LineField:
    return fields.LineField(
        label=_("Name of the passkey"),
        max_length=60,
        help_text=_("So that you know it again, for example “Laptop” or “Blue security key”."),
    )


class PasskeyNameForm(fields.Form):
    name = _name()


class NewPasskeyForm(fields.Form):
    name = _name()
    credential = PasskeyField()


class SignInSettingsForm(fields.Form):
    requires_two_step = forms.BooleanField(
        label=_("Require two-step sign-in of all agents"),
        required=False,
        help_text=_(
            "Whoever has none is led to set it up with the next page they open, before anything else."
        ),
    )
