"""Which language a person reads, and how a browser remembers it."""

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

_REMEMBERED_FOR = datetime.timedelta(days=365)


def is_known(language: str) -> bool:
    return language in dict(settings.LANGUAGES)


def of(request: HttpRequest) -> str:
    chosen = getattr(getattr(request, "user", None), "language", "")
    return chosen if is_known(chosen) else translation.get_language_from_request(request)


def nearest(wanted: str) -> str:
    """The language of ours that comes closest to the one a browser names."""
    try:
        return translation.get_supported_language_variant(wanted)
    except LookupError:
        return settings.LANGUAGE_CODE


def remember(response: HttpResponseBase, language: str) -> None:
    """A cookie, not the session: choosing a language needs no row and disturbs no form."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=_REMEMBERED_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
