"""Browsers and sign-ins for tests."""

import datetime
from http.cookies import Morsel, SimpleCookie
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts import sessions
from accounts.models import Agent
from accounts.services import socket_tokens
from companies.models import Company

#: Everybody in the cast has it.
PASSWORD = "correct horse battery"  # noqa: S105


def make_session(company: Company, agent: Agent, name: str = "session") -> str:
    """The key of a sign-in that a test can name again."""
    key = f"{agent.agent_id}-{name}"
    held = {SESSION_KEY: str(agent.pk), HASH_SESSION_KEY: agent.get_session_auth_hash()}
    facts = {
        "session_data": sessions.CompanySession().encode(held),
        "expire_date": timezone.now() + datetime.timedelta(hours=1),
    }
    with company.entered():
        Session.objects.update_or_create(session_key=key, defaults=facts)
    return key


def make_socket_token(company: Company, agent: Agent, name: str = "session") -> str:
    """What opens a socket with that sign-in."""
    return socket_tokens.issue(company, agent, make_session(company, agent, name))


class Browser(Client):
    """A test client that sends a cookie to its own path only, as browsers do: several companies fit in one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.jar: dict[tuple[str, str], Morsel[str]] = {}

    def request(self, **request: Any) -> Any:
        self.cookies = self._cookies_for(request.get("PATH_INFO", "/"))
        response = super().request(**request)
        for cookie in response.cookies.values():
            self.keep(cookie)
        return response

    def keep(self, cookie: Morsel[str]) -> None:
        place = (cookie.key, cookie["path"])
        if str(cookie["max-age"]) == "0":
            self.jar.pop(place, None)
        else:
            self.jar[place] = cookie

    def enter(self, company: Company, agent: Agent) -> "Browser":
        """Signed in as the agent, without the form."""
        session = sessions.begin(company, agent, remembered=False)
        cookie: SimpleCookie = SimpleCookie({"parley_session": session.session_key or ""})
        cookie["parley_session"]["path"] = f"/c/{company.company_id}/"
        self.keep(cookie["parley_session"])
        return self

    def _cookies_for(self, path: str) -> SimpleCookie:
        fitting = sorted((place[1], place[0]) for place in self.jar if path.startswith(place[1]))
        return SimpleCookie({name: self.jar[name, where].value for where, name in fitting})
