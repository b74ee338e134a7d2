from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access, errors, paths, sessions
from accounts.forms.sign_up import SignUpForm
from accounts.services import sign_ins, sign_up_limit
from accounts.services.sign_up import open_company
from accounts.views import second_step


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    form = SignUpForm(
        request.POST if request.method == "POST" else None, initial={"time_zone": _likely_zone()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            sign_up_limit.count(request.META.get("REMOTE_ADDR", ""))
            return _open(request, form.cleaned_data)
        except errors.TooManyCompanies as error:
            form.add_error(None, error.message)
    return render(request, "accounts/sign_up.html", {"form": form})


@require_safe
@access.signed_in
def welcome(request: access.AgentRequest, company_id: int) -> HttpResponse:
    sign_in_url = f"{paths.origin(request)}{reverse('accounts:sign-in')}?company={company_id}"
    return render(request, "accounts/welcome.html", {"sign_in_url": sign_in_url})


def _open(request: HttpRequest, typed: dict[str, Any]) -> HttpResponse:
    language, origin = get_language() or "en", paths.origin(request)
    company, agent = open_company(**typed, language=language, origin=origin)
    session = sign_ins.begin(company, agent, device=sessions.device_of(request))
    wanted = reverse("accounts:welcome", args=[company.company_id])
    return second_step.lead_in(request, company, agent, session, wanted)


def _likely_zone() -> str:
    """For browsers without script; with it, the browser's own is chosen."""
    return "Asia/Shanghai" if get_language() == "zh-hans" else "UTC"
