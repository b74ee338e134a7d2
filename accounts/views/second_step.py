"""The second step of signing in: after the password, before there is a session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import errors, known_browsers, paths, sessions
from accounts.forms.second_step import CodeForm, PasskeyForm
from accounts.models import Agent
from accounts.services import passkeys, sign_ins, two_step, waiting_sign_ins
from accounts.services.waiting_sign_ins import Waiting
from companies.models import Company
from core.errors import DomainError

_WAITING = "waiting_sign_in"


def enter(
    request: HttpRequest, company: Company, agent: Agent, *, remembered: bool, wanted: str
) -> HttpResponse:
    """On with somebody whose password was right: to the second step where they have one, else inside."""
    with company.entered():
        has_second = two_step.is_set_up(agent)
    if has_second:
        key = waiting_sign_ins.begin(company, agent, remembered=remembered, wanted=wanted)
        request.session[_WAITING] = [company.company_id, key]
        return redirect("accounts:second-step")
    device = sessions.device_of(request)
    session = sign_ins.begin(company, agent, device=device, remembered=remembered)
    return lead_in(request, company, agent, session, wanted)


def lead_in(
    request: HttpRequest, company: Company, agent: Agent, session: sessions.CompanySession, path: str
) -> HttpResponse:
    """To a page of the company, in a browser that is known from now on."""
    response = sessions.lead_in(company, session, path)
    known_browsers.remember(request, response, sign_ins.account_name(company.company_id, agent.agent_id))
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    waiting = _waiting(request)
    if waiting is None:
        return _start_again(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    try:
        if request.method == "POST" and "credential" in request.POST:
            return _with_passkey(request, waiting)
        if form.is_valid():
            return _with_code(request, waiting, form.cleaned_data["code"])
    except errors.SecondStepOver:
        return _start_again(request)
    except DomainError as trouble:
        form = CodeForm() if "credential" in request.POST else form
        return _page(request, waiting, form, trouble)
    return _page(request, waiting, form)


def _waiting(request: HttpRequest) -> Waiting | None:
    held = request.session.get(_WAITING)
    return waiting_sign_ins.find(*held) if held else None


def _with_code(request: HttpRequest, waiting: Waiting, code: str) -> HttpResponse:
    session = waiting_sign_ins.finish_with_code(waiting, code, sessions.device_of(request))
    return _inside(request, waiting, session)


def _with_passkey(request: HttpRequest, waiting: Waiting) -> HttpResponse:
    form = PasskeyForm(request.POST)
    if not form.is_valid():
        raise errors.PasskeyRefused
    site, device = passkeys.site_at(paths.origin(request)), sessions.device_of(request)
    session = waiting_sign_ins.finish_with_passkey(waiting, form.cleaned_data["credential"], site, device)
    return _inside(request, waiting, session)


def _inside(request: HttpRequest, waiting: Waiting, session: sessions.CompanySession) -> HttpResponse:
    del request.session[_WAITING]
    return lead_in(request, waiting.company, waiting.agent, session, waiting.wanted)


def _start_again(request: HttpRequest) -> HttpResponse:
    held = request.session.pop(_WAITING, None)
    company = f"&company={held[0]}" if held else ""
    response = redirect("accounts:sign-in")
    response["Location"] += f"?ended=second-step{company}"
    return response


def _page(
    request: HttpRequest, waiting: Waiting, form: CodeForm, trouble: DomainError | None = None
) -> HttpResponse:
    if trouble is not None and form.is_bound:
        form.add_error("code", trouble.message)
    wait = trouble.facts.get("seconds") if trouble else None
    response = render(
        request,
        "accounts/second_step.html",
        _shown(request, waiting, form, trouble),
        status=429 if wait else 200,
    )
    if wait:
        response["Retry-After"] = str(int(wait) + 1)
    return response


def _shown(
    request: HttpRequest, waiting: Waiting, form: CodeForm, trouble: DomainError | None
) -> dict[str, object]:
    with waiting.company.entered():
        has_passkey = waiting.agent.passkeys.exists()
        site = passkeys.site_at(paths.origin(request))
        options = passkeys.options_to_use(waiting.agent, site=site, challenge=waiting.challenge)
        has_app = two_step.has_app(waiting.agent)
    return {
        "form": form,
        "waiting": waiting,
        "has_app": has_app,
        "passkey_options": options if has_passkey else None,
        "trouble": trouble,
    }
