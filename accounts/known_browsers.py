"""Browsers in which an account has signed in before. Failures are counted in each of them apart, so that strangers
who guess at an account lock out strangers (the “device cookies” of OWASP).

The cookie opens nothing: it holds a mark for each of the last accounts, signed by us. See
docs/decisions/0081-known-browsers.md.
"""

import datetime
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

COOKIE = "parley_known"
LASTS = datetime.timedelta(days=365)
#: Of how many accounts one browser keeps a mark.
_MOST = 10
_SALT = "accounts.known-browser"


def mark(request: HttpRequest, account: str) -> str:
    """Of this browser for this account; empty where it has not signed in, or too long ago."""
    return _marks(request).get(_name(account), "")


def remember(request: HttpRequest, response: HttpResponseBase, account: str, *, anew: bool = False) -> None:
    """Whoever uses this browser has shown that the account is theirs. Anew: what was counted before does not count."""
    marks = _marks(request)
    before = marks.pop(_name(account), "")
    own = secrets.token_hex(8) if anew or not before else before
    newest = [(_name(account), own), *marks.items()][:_MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps(dict(newest), salt=_SALT),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def counted_as(account: str, place: str) -> str:
    """The name under which failures at this account are counted in a place that is known."""
    return f"{account} in {place}" if place else account


def _marks(request: HttpRequest) -> dict[str, str]:
    """The newest first."""
    try:
        marks: dict[str, str] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        return {}
    return marks


def _name(account: str) -> str:
    """Whoever reads the cookie does not learn which accounts they are."""
    return salted_hmac(_SALT, account, algorithm="sha256").hexdigest()[:20]
