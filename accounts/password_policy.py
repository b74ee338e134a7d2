"""What a password must not be, beside what Django's own validators say."""

import difflib
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from core.tenancy import context

_MESSAGE = _("The password is too similar to the name or ID of your company.")
#: As in Django's validator for what is known of the person.
_TOO_SIMILAR = 0.7


class UnlikeTheCompany:
    """Not the name or ID of the company one is in, nor much like them."""

    def validate(self, password: str, user: Any = None) -> None:
        company = context.place().tenant
        if isinstance(company, Company):
            check_unlike(password, company.name, str(company.company_id))

    def get_help_text(self) -> str:
        return gettext("Your password can’t be too similar to the name or ID of your company.")


def check_unlike(password: str, *names: str) -> None:
    """Raises ValidationError."""
    password = password.casefold()
    for name in names:
        for part in {name.casefold(), *re.split(r"\W+", name.casefold())}:
            if len(part) >= 3 and _is_like(password, part):
                raise ValidationError(_MESSAGE, code="password_too_similar")


def _is_like(password: str, part: str) -> bool:
    # The measure is slow on long words, and what is much longer is like nothing.
    if len(password) > 10 * len(part) or len(part) > 10 * len(password):
        return False
    return difflib.SequenceMatcher(a=password, b=part).quick_ratio() >= _TOO_SIMILAR
