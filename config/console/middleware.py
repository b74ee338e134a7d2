"""Who asks at /operator/: a session of its own, whose cookie is sent nowhere else."""

from collections.abc import Callable

from django.contrib import auth
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from accounts import acting, operators, sessions
from companies.requests import CompanyRequest

PATH = operators.COOKIE.path
#: Before anybody is signed in a form's secret is kept as on all public pages.
_SIGN_IN = f"{PATH}sign-in/"


class OperatorMiddleware:
    """Stands behind those that find a company's session and agent; nothing of a company is under its path."""

    def __init__(self, get_response: Callable[[CompanyRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: CompanyRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PATH) or request.path_info == _SIGN_IN:
            return self.get_response(request)
        before = request.session, request.user
        session = request.session = operators.COOKIE.load(request)
        request.user = SimpleLazyObject(lambda: auth.get_user(request))  # type: ignore[assignment]
        try:
            with acting.acting(lambda: _actor(request)):
                response = self.get_response(request)
            if request.session is session:
                _keep(request, response)
            return response
        finally:
            request.session, request.user = before


def _actor(request: CompanyRequest) -> acting.Actor:
    address = request.META.get("REMOTE_ADDR") or None
    operator = operators.of(request)
    if operator is None:
        return acting.Actor(address=address)
    return acting.Actor("operator", operator.pk, operator.name, address)


def _keep(request: CompanyRequest, response: HttpResponseBase) -> None:
    session = request.session
    if not sessions.holds_something(session):
        if operators.COOKIE.name in request.COOKIES:
            operators.COOKIE.delete(response)
    elif session.modified and response.status_code < 500:
        try:
            session.save()
        except UpdateError:  # signed out meanwhile in another tab: it stays so
            operators.COOKIE.delete(response)
        else:
            operators.COOKIE.set(response, session)
