from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import fields


class CodeField(forms.CharField):
    """Six figures of an app; or a recovery code, however its groups are set apart."""

    def __init__(self, **options: Any) -> None:
        attrs = {
            "inputmode": "numeric",
            "autocomplete": "one-time-code",
            "autofocus": True,
            **fields.AS_TYPED,
        }
        super().__init__(label=_("Code"), max_length=40, widget=forms.TextInput(attrs=attrs), **options)

    def to_python(self, value: Any) -> str:
        return fields.plain(super().to_python(value) or "").replace("-", "")


class CodeForm(fields.Form):
    """The second step of signing in."""

    code = CodeField(
        help_text=_("The six figures that your authenticator app shows now, or one of your recovery codes.")
    )


class FirstCodeForm(fields.Form):
    code = CodeField(help_text=_("The six figures that the app shows now."))


class PasskeyField(forms.CharField):
    """What the browser has got from a key, as JSON; written by the page's script."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, max_length=20_000)


class PasskeyForm(fields.Form):
    credential = PasskeyField()
