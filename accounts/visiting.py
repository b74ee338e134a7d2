"""Operators on a visit, as a company's pages know them: by a cookie that is sent there and nowhere else.

They see what an administrator sees and change nothing. See docs/decisions/0075-an-operator-looks-at-the-workspace.md.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from accounts.models import Agent, Role
from accounts.services import operator_visits
from companies.models import Company, OperatorVisit

COOKIE = "parley_visit"


def agent(visit: OperatorVisit) -> Agent:
    """Stands where the company's agent stands on its pages, and is none: no row has its key."""
    role = Role(kind=Role.Kind.ADMINISTRATOR)
    looking = Agent(pk=Agent.NOBODY, agent_id="operator", name=visit.operator_name, role=role)
    looking.seen_as, looking.visit = role, visit
    return looking


def path_of(company: Company) -> str:
    return f"/c/{company.company_id}/"


def of(request: HttpRequest, company: Company) -> OperatorVisit | None:
    """Asked of the database at each request: a visit that was ended is over at once."""
    token = request.COOKIES.get(COOKIE)
    return operator_visits.read(token, company) if token else None


def set_cookie(response: HttpResponseBase, visit: OperatorVisit) -> None:
    response.set_cookie(
        COOKIE,
        operator_visits.token_of(visit),
        max_age=visit.ends_at - timezone.now(),
        path=path_of(visit.company),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def delete_cookie(response: HttpResponseBase, company: Company) -> None:
    response.delete_cookie(COOKIE, path=path_of(company), samesite="Lax")
