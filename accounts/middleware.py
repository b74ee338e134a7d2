"""Who is asking: the session of this company, the agent it belongs to, and their language."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress

from django.contrib import auth
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import UpdateError
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from accounts import access, acting, addresses, at_once, errors, languages, see_as, seen, sessions, visiting
from accounts.models import Agent
from accounts.services import address_rules, sign_ins
from companies.middleware import CompanyMiddleware
from companies.models import Company
from companies.requests import CompanyRequest
from core import reading

Handler = Callable[[CompanyRequest], HttpResponseBase]


class AtOnceMiddleware:
    """Stands before all that ask for the company, the session and the agent, and asks for them together."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: CompanyRequest) -> HttpResponseBase:
        with at_once.known(request.path_info, request.COOKIES.get(sessions.COMPANY_COOKIE)):
            return self.get_response(request)


class KnownCompanyMiddleware(CompanyMiddleware):
    """Sets `request.company`, which may be known already."""

    def find(self, company_id: int) -> Company | None:
        return at_once.company(company_id) or super().find(company_id)


class CompanySessionMiddleware:
    """Sets `request.session`: the company's own under `/c/<company id>/`, else that of the public pages."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: CompanyRequest) -> HttpResponseBase:
        cookie = sessions.cookie_of(request.company)
        request.session = cookie.load(request)
        response = self.get_response(request)
        if request.session.accessed:
            _depends_on(response, "Cookie")
            _keep(request, response, cookie)
        return response


def _keep(request: CompanyRequest, response: HttpResponseBase, cookie: sessions.Cookie) -> None:
    # One that is worth nothing stays in the browser: by now another answer may have brought the session's new key.
    if not request.session.modified or response.status_code >= 500:
        return
    if not sessions.holds_something(request.session):
        if cookie.name in request.COOKIES and sessions.is_over(request.session):
            cookie.delete(response)
        return
    # Signed out meanwhile in another tab: it stays so.
    with suppress(UpdateError):
        request.session.save()
        cookie.set(response, request.session)


class AgentMiddleware:
    """Sets `request.user`: the signed-in agent of this company, looked up when somebody asks, or nobody.

    Where nobody is signed in, it is an operator whose visit is under way; the database lets them only read.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: CompanyRequest) -> HttpResponseBase:
        request.refused_from = ""
        request.user = AnonymousUser() if request.company is None else _agent_of(request)
        with acting.acting(lambda: _actor(request)), _as_far_as_allowed(request):
            return self.get_response(request)

    def process_view(self, request: CompanyRequest, view: object, args: object, kwargs: object) -> None:
        """Before any form is looked at: whoever visits can end the visit, and ask for nothing else that writes."""
        is_refused = request.method not in access.READING and not getattr(view, "ends_visits", False)
        if is_refused and _is_visiting(request):
            raise PermissionDenied(errors.OnlyVisiting().message)


def _as_far_as_allowed(request: CompanyRequest) -> AbstractContextManager[None]:
    is_looking = request.method in access.READING and _is_visiting(request)
    return reading.only() if is_looking else nullcontext()


def _is_visiting(request: CompanyRequest) -> bool:
    if request.company is None or visiting.COOKIE not in request.COOKIES:
        return False
    return isinstance(request.user, Agent) and request.user.visit is not None


def _actor(request: CompanyRequest) -> acting.Actor:
    if not request.user.is_authenticated:
        return acting.Actor(address=request.META.get("REMOTE_ADDR") or None)
    return acting.agent(request.user, request.META.get("REMOTE_ADDR") or None)


def _agent_of(request: CompanyRequest) -> Agent:
    agent: Agent = SimpleLazyObject(lambda: _get_user(request))  # type: ignore[assignment]
    return agent


def _get_user(request: CompanyRequest) -> Agent | AnonymousUser:
    user: Agent | AnonymousUser = auth.get_user(request)
    if isinstance(user, Agent) and request.company is not None:
        if not _is_admitted(request):
            return _turned_away(request, user)
        at_once.remember(request.company, request.session.session_key, user)
        seen.note([request.session.session_key or ""])
        return see_as.put_on(user, see_as.role_in(request.session))
    return _visitor(request) or user


def _visitor(request: CompanyRequest) -> Agent | None:
    visit = visiting.of(request, request.company) if request.company is not None else None
    return visiting.agent(visit) if visit else None


def _is_admitted(request: CompanyRequest) -> bool:
    rules = at_once.networks()
    rules = address_rules.networks() if rules is None else rules
    return address_rules.admit(request.META.get("REMOTE_ADDR", ""), rules)


def _turned_away(request: CompanyRequest, agent: Agent) -> AnonymousUser:
    """Seen where the company's agents may not be: that sign-in is over."""
    request.refused_from = addresses.canonical(request.META.get("REMOTE_ADDR", "")) or "?"
    sign_ins.sign_out(agent, request.session)
    return AnonymousUser()


class LanguageMiddleware:
    """Speaks the agent's language, else the one chosen in this browser, else the browser's own.

    Within a company, times are the company's.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: CompanyRequest) -> HttpResponseBase:
        language = languages.of(request)
        zone = request.company.zone if request.company else None
        with translation.override(language), timezone.override(zone):
            response = self.get_response(request)
        _depends_on(response, "Accept-Language", "Cookie")
        response.headers.setdefault("Content-Language", language)
        return response


def _depends_on(response: HttpResponseBase, *headers: str) -> None:
    """Caches hear it, unless the view has said that its answer is the same for everybody."""
    if not getattr(response, "same_for_all", False):
        patch_vary_headers(response, headers)
