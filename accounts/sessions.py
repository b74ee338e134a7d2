"""Where a browser's sessions are kept.

A company's are rows in its own schema, and their cookie is sent to its path only: several companies work side
by side in one browser, and a session of one is worthless in another. What the public pages need to remember
(next to nothing) is signed and kept in their cookie itself.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends import base, db, signed_cookies
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from accounts import at_once
from accounts.models import Agent
from companies.models import Company

COMPANY_COOKIE = "parley_session"
REMEMBERED_FOR = datetime.timedelta(days=30)
OPEN_AT_MOST = datetime.timedelta(hours=12)


class CompanySession(db.SessionStore):
    """Ends at a fixed time after signing in; unless it is to be remembered, also with the browser."""

    def load(self) -> dict[str, Any]:
        found = at_once.session_data(self.session_key)
        return super().load() if found is None else self.decode(found)

    def get_expire_at_browser_close(self) -> bool:
        return not self.get("remembered", False)


@dataclass(frozen=True)
class Cookie:
    """The cookie that leads to a session: name, path, and where the rest of the session is."""

    name: str
    path: str
    store: type[base.SessionBase]

    def load(self, request: HttpRequest) -> base.SessionBase:
        return self.store(request.COOKIES.get(self.name))

    def set(self, response: HttpResponseBase, session: base.SessionBase) -> None:
        lasts = isinstance(session, CompanySession) and not session.get_expire_at_browser_close()
        response.set_cookie(
            self.name,
            session.session_key or "",
            max_age=session.get_expiry_age() if lasts else None,
            path=self.path,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )

    def delete(self, response: HttpResponseBase) -> None:
        response.delete_cookie(self.name, path=self.path, samesite="Lax")


PUBLIC = Cookie("parley_public", "/", signed_cookies.SessionStore)


def cookie_of(company: Company | None) -> Cookie:
    if company is None:
        return PUBLIC
    return Cookie(COMPANY_COOKIE, f"/c/{company.company_id}/", CompanySession)


def begin(company: Company, agent: Agent, *, remembered: bool) -> CompanySession:
    """A new session under a new key, so that nobody can know it beforehand."""
    with company.entered():
        CompanySession.clear_expired()
        session = CompanySession()
        session[SESSION_KEY] = str(agent.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = agent.get_session_auth_hash()
        session["remembered"] = remembered
        session.set_expiry(timezone.now() + (REMEMBERED_FOR if remembered else OPEN_AT_MOST))
        session.save()
    return session


def holds_something(session: base.SessionBase) -> bool:
    """Whether keeping it is worth a row: in a company only while somebody is signed in."""
    if isinstance(session, CompanySession):
        return SESSION_KEY in session
    return not session.is_empty()
