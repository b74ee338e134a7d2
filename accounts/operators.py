"""Operators: rows of Agent in the public schema. How they are known to a request."""

from django.http import HttpRequest

from accounts import sessions
from accounts.models import Agent

#: Set in a session once the second step is done as well.
VERIFIED = "second_step_done"


class OperatorSession(sessions.CompanySession):
    """A row in the public schema; ends with the browser, and after some hours."""


COOKIE = sessions.Cookie("parley_operator", "/operator/", OperatorSession)


def of(request: HttpRequest) -> Agent | None:
    """Who has given a name and password at /operator/, the second step perhaps still to be done."""
    is_console = isinstance(getattr(request, "session", None), OperatorSession)
    return request.user if is_console and isinstance(request.user, Agent) else None


def is_verified(request: HttpRequest) -> bool:
    return of(request) is not None and bool(request.session.get(VERIFIED))
