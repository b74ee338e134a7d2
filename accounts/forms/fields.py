"""What the forms of this app share."""

import datetime
import unicodedata
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PASSWORD_AT_MOST = 128
#: What browsers and password managers should know about a field that holds a name people type exactly.
AS_TYPED = {"autocapitalize": "none", "spellcheck": "false"}


def plain(typed: str) -> str:
    """Full-width letters and figures, as Chinese keyboards type them, as the ones that are meant."""
    return "".join(unicodedata.normalize("NFKC", typed).split())


def number(typed: str) -> int | None:
    """A number of a row or an edition, as our own forms send it; what the database has no room for is none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else None


class LineField(forms.CharField):
    """Words in one line: a browser sends no other, and a mail's subject holds no other."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class AgentIdField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value) or "").lower()


def foreseeable(at: datetime.date) -> None:
    """The last days there are no clock can tell further east, nor what is some days later."""
    if at.year >= 3000:
        raise ValidationError(_("Choose a day before the year 3000."))


class NewPasswordField(forms.CharField):
    """Says what the policy asks; the form holds what is typed against it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            strip=False,
            max_length=PASSWORD_AT_MOST,
            help_text=password_validation.password_validators_help_text_html,
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
            **options,
        )


class Form(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
