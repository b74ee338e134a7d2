"""An operator's visit, as the company's own admin knows it: by a cookie that is sent there and nowhere else."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from accounts.services import operator_visits
from companies.models import Company, OperatorVisit

COOKIE = "parley_visit"


class Visitor:
    """Stands where the company's agent stands on its pages. No row, so no seat, no lists, and nothing to write with."""

    is_authenticated = True
    is_active = True
    is_anonymous = False
    is_administrator = False
    language = ""
    pk = None

    def __init__(self, visit: OperatorVisit) -> None:
        self.name = visit.operator_name

    def get_username(self) -> str:
        return self.name

    def can(self, capability: object) -> bool:
        return False


def path_of(company: Company) -> str:
    return f"/c/{company.company_id}/admin/"


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
