"""Who may open a page: `@signed_in`, or `@requires(Capability.MONITOR)`.

Each view under `/c/<company id>/` carries one of them; a test walks the site map to see to it.
"""

import functools
from collections.abc import Callable
from typing import Any, NamedTuple, overload
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from accounts import errors, see_as
from accounts.capabilities import Capability
from accounts.models import Agent
from accounts.services import sign_in_settings
from companies.models import Company
from companies.requests import CompanyRequest
from core.errors import DomainError, Forbidden

View = Callable[..., HttpResponseBase]
READING = {"GET", "HEAD", "OPTIONS"}


class AgentRequest(CompanyRequest):
    """A request behind `@signed_in` or `@requires`: there is a company, and an agent of it."""

    company: Company
    user: Agent


class Needs(NamedTuple):
    """What a view asks of the person: to be signed in, and perhaps a capability."""

    capability: Capability | None = None
    #: Answers programs: refusals are JSON with a status instead of pages.
    json: bool = False
    #: Also open while the company's e-mail address is overdue for confirmation, or the company is closed.
    even_unconfirmed: bool = False
    #: Also open while the company is closed, though not while it is to be confirmed.
    even_closed: bool = False
    #: Also writes for whoever sees as a role (accounts/see_as.py), such as to stop it.
    even_seeing: bool = False
    #: Also open to whoever has to choose a password first.
    even_with_given_password: bool = False
    #: Also open to whoever has to set up a second step first.
    even_without_second_step: bool = False
    #: About the person's own row, which operators on a visit have none of (accounts/visiting.py).
    own: bool = False


@overload
def signed_in(view: View) -> View: ...
@overload
def signed_in(
    *,
    json: bool = False,
    even_unconfirmed: bool = False,
    even_seeing: bool = False,
    even_with_given_password: bool = False,
    even_without_second_step: bool = False,
    own: bool = False,
) -> Callable[[View], View]: ...
def signed_in(
    view: View | None = None,
    *,
    json: bool = False,
    even_unconfirmed: bool = False,
    even_seeing: bool = False,
    even_with_given_password: bool = False,
    even_without_second_step: bool = False,
    own: bool = False,
) -> View | Callable[[View], View]:
    needs = Needs(
        json=json,
        even_unconfirmed=even_unconfirmed,
        even_seeing=even_seeing,
        even_with_given_password=even_with_given_password,
        even_without_second_step=even_without_second_step,
        own=own,
    )
    return functools.partial(_guarded, needs) if view is None else _guarded(needs, view)


def requires(
    capability: Capability, *, json: bool = False, even_closed: bool = False
) -> Callable[[View], View]:
    return functools.partial(_guarded, Needs(capability, json, even_closed=even_closed))


def needs_of(view: Any) -> Needs | None:
    """What a view asks for; None if it asks for nothing."""
    return getattr(view, "needs", None)


def to_sign_in(request: CompanyRequest, ended: str = "") -> HttpResponseRedirect:
    """To the sign-in page, and from there back to where the person wanted to go. It says why the sign-in ended."""
    wanted = {
        "company": request.company.company_id if request.company else "",
        "next": request.get_full_path(),
    }
    if request.method not in {"GET", "HEAD"}:
        del wanted["next"]
    if ended:
        wanted["ended"] = ended
    return HttpResponseRedirect(f"{reverse('accounts:sign-in')}?{urlencode(wanted)}")


def _guarded(needs: Needs, view: View) -> View:
    @functools.wraps(view)
    def guarded(request: AgentRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        trouble = _trouble(request, needs)
        if trouble is None:
            response = view(request, *args, **kwargs)
        else:
            response = _in_json(trouble) if needs.json else _as_page(request, trouble)
        # After signing out, going back must not show it.
        add_never_cache_headers(response)
        return response

    guarded.needs = needs  # type: ignore[attr-defined]
    return guarded


def _trouble(request: AgentRequest, needs: Needs) -> DomainError | None:
    if not request.user.is_authenticated:
        return _why_not_signed_in(request)
    if request.user.visit:
        return errors.NotOfVisitors() if needs.own else _not_reading(request, needs)
    if trouble := _why_shut(request.company, needs):
        return trouble
    if request.user.must_change_password and not needs.even_with_given_password:
        return errors.PasswordMustChange()
    if _lacks_second_step(request.user, needs):
        return errors.SecondStepMissing()
    if needs.capability and not request.user.can(needs.capability):
        return Forbidden()
    return _not_reading(request, needs)


def _why_shut(company: Company, needs: Needs) -> DomainError | None:
    if company.is_usable or needs.even_unconfirmed:
        return None
    if not company.is_established:
        return errors.NotConfirmed()
    return None if needs.even_closed else errors.ClosedForNow()


def _not_reading(request: AgentRequest, needs: Needs) -> DomainError | None:
    if request.method in READING or needs.even_seeing:
        return None
    return see_as.refusal(request.user)


def _lacks_second_step(agent: Agent, needs: Needs) -> bool:
    """A page for choosing a password is open too: that one is first."""
    is_open = needs.even_without_second_step or needs.even_with_given_password
    return not is_open and sign_in_settings.lacks_second_step(agent)


def _why_not_signed_in(request: AgentRequest) -> DomainError:
    address = request.refused_from
    return errors.AddressNotAllowed(address=address) if address else errors.NotSignedIn()


def _as_page(request: AgentRequest, trouble: DomainError) -> HttpResponseBase:
    if isinstance(trouble, errors.AddressNotAllowed):
        return to_sign_in(request, ended="address")
    if isinstance(trouble, errors.NotSignedIn):
        return to_sign_in(request)
    if isinstance(trouble, errors.NotConfirmed):
        return HttpResponseRedirect(reverse("accounts:unconfirmed", args=[request.company.company_id]))
    if isinstance(trouble, errors.PasswordMustChange):
        return HttpResponseRedirect(reverse("accounts:own-password", args=[request.company.company_id]))
    if isinstance(trouble, errors.SecondStepMissing):
        return HttpResponseRedirect(reverse("accounts:security", args=[request.company.company_id]))
    if isinstance(trouble, errors.ClosedForNow):
        return HttpResponseRedirect(reverse("accounts:closed", args=[request.company.company_id]))
    raise PermissionDenied(trouble.message)


def _in_json(trouble: DomainError) -> HttpResponseBase:
    status = 401 if isinstance(trouble, errors.NotSignedIn) else 403
    return JsonResponse({"code": trouble.code, "message": trouble.message}, status=status)
