"""Where a browser's sessions are kept.

A company's are rows in its own schema, and their cookie is sent to its path only: several companies work side
by side in one browser, and a session of one is worthless in another. What the public pages need to remember
(next to nothing) is signed and kept in their cookie itself.
"""

import datetime
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends import base, db, signed_cookies
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone

from accounts import at_once, proofs
from accounts.models import Agent, SignIn
from companies.models import Company

COMPANY_COOKIE = "parley_session"
REMEMBERED_FOR = datetime.timedelta(days=30)
OPEN_AT_MOST = datetime.timedelta(hours=12)


class CompanySession(db.SessionStore):
    """Ends at a fixed time after signing in; unless it is to be remembered, also with the browser."""

    #: Whether it was ended here; one that is not found may go on under a key that is not known here yet.
    was_ended = False

    def flush(self) -> None:
        super().flush()
        self.was_ended = True

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


class Device(NamedTuple):
    """From where somebody signs in, and what their browser calls itself."""

    address: str = ""
    user_agent: str = ""


NO_DEVICE = Device()


def device_of(request: HttpRequest) -> Device:
    # PostgreSQL's texts hold everything but this character.
    user_agent = request.headers.get("User-Agent", "").replace("\0", "")
    return Device(request.META.get("REMOTE_ADDR", ""), user_agent)


def begin(
    company: Company,
    agent: Agent,
    *,
    remembered: bool,
    device: Device = NO_DEVICE,
    method: str = "password",
) -> CompanySession:
    """A new session under a new key, so that nobody can know it beforehand."""
    with company.entered(), transaction.atomic():
        _clear_expired()
        session = CompanySession()
        session[SESSION_KEY] = str(agent.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = agent.get_session_auth_hash()
        session["remembered"] = remembered
        proofs.note(session)
        session.set_expiry(timezone.now() + (REMEMBERED_FOR if remembered else OPEN_AT_MOST))
        session.save()
        SignIn.objects.create(
            agent=agent,
            session_key=session.session_key or "",
            address=device.address or None,
            user_agent=device.user_agent[:400],
            remembered=remembered,
            method=method,
        )
    return session


def _clear_expired() -> None:
    CompanySession.clear_expired()
    SignIn.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def lead_in(company: Company, session: CompanySession, path: str) -> HttpResponse:
    """To a page of the company, with the cookie that opens it."""
    response = HttpResponseRedirect(path)
    cookie_of(company).set(response, session)
    return response


def is_over(session: base.SessionBase) -> bool:
    """Whether its cookie is to leave the browser."""
    return not isinstance(session, CompanySession) or session.was_ended


def holds_something(session: base.SessionBase) -> bool:
    """Whether keeping it is worth a row: in a company only while somebody is signed in."""
    if isinstance(session, CompanySession):
        return SESSION_KEY in session
    return not session.is_empty()
