"""The one way to a company's own admin. Its pages are found only after it has been decided that one may see them.

The admin knows no addresses with a company's number in them. So its pages lie in a site map of their own, which is
read as if the site began at /c/<company id>/: the way WSGI has for applications below a path.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import (
    Resolver404,
    get_script_prefix,
    get_urlconf,
    resolve,
    reverse,
    set_script_prefix,
    set_urlconf,
)
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts import access, visiting
from accounts.access import AgentRequest
from accounts.services import operator_visits
from companies.requests import CompanyRequest
from core.errors import Forbidden

_URLS = "config.console.company_urls"


@access.signed_in
def door(request: AgentRequest, company_id: int, rest: str = "") -> HttpResponseBase:
    """For administrators of the company, and for operators who visit it, who change nothing."""
    if not request.user.is_administrator:
        raise PermissionDenied(Forbidden().message)
    return _page(request, rest)


def _page(request: Any, rest: str) -> HttpResponseBase:
    number = request.company.company_id
    is_visited = request.user.visit is not None
    request.language_url = (
        reverse("accounts:language") if is_visited else reverse("accounts:own-language", args=[number])
    )
    request.leave_url = reverse("leave-company", args=[number])
    request.workspace_url = reverse("chat:workspace", args=[number])
    request.sign_in_url = f"{reverse('accounts:sign-in')}?company={number}"
    with _as_if_it_began_at(f"/c/{number}/"):
        try:
            match = resolve(f"/admin/{rest}")
        except Resolver404:
            raise Http404 from None
        before, request.resolver_match = request.resolver_match, match
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        if isinstance(response, TemplateResponse):
            # Its links are made here and not later.
            response.render()
        # The log and the metrics name the site map's own.
        request.resolver_match = before
    return response


@contextmanager
def _as_if_it_began_at(prefix: str) -> Iterator[None]:
    before = get_urlconf(), get_script_prefix()
    set_urlconf(_URLS)
    set_script_prefix(prefix)
    try:
        yield
    finally:
        set_urlconf(before[0])
        set_script_prefix(before[1])


# All another site could do with it is to end a visit early; and a visitor has no session here to keep a secret in.
@csrf_exempt
@require_POST
def leave(request: CompanyRequest, company_id: int) -> HttpResponse:
    """End the visit by its button."""
    assert request.company is not None
    visit = visiting.of(request, request.company)
    if visit is None:
        return access.to_sign_in(request)
    operator_visits.end(visit)
    place = reverse("admin:companies_company_change", args=[request.company.pk], current_app="operator")
    response = HttpResponseRedirect(place)
    visiting.delete_cookie(response, request.company)
    return response


leave.ends_visits = True  # type: ignore[attr-defined]
# What the walkers of all pages read: nobody passes who is not signed in, but for a visit that is under way.
leave.needs = access.needs_of(door)  # type: ignore[attr-defined]
