"""How the operator of this installation is reached, as `PARLEY_SUPPORT` says."""

from typing import NamedTuple

from django.conf import settings


class Contact(NamedTuple):
    words: str
    #: Where a click leads; empty where there is nothing to open, as for a telephone number in words.
    href: str


def contact() -> Contact | None:
    words = settings.SUPPORT.strip()
    return Contact(words, _href(words)) if words else None


def _href(words: str) -> str:
    if words.startswith(("https://", "http://")):
        return words
    return f"mailto:{words}" if "@" in words and " " not in words else ""
