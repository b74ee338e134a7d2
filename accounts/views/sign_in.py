from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import access, known_browsers, paths
from accounts.forms.sign_in import SignInForm
from accounts.services import sign_ins
from accounts.views import second_step
from core.errors import DomainError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST if request.method == "POST" else None, initial=_from_link(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _sign_in(request, form.cleaned_data)
        except DomainError as trouble:
            form.add_error(None, trouble.message)
            return _page(request, form, trouble.facts.get("seconds"))
    return _page(request, form)


@require_POST
@access.signed_in(even_unconfirmed=True, even_seeing=True, even_with_given_password=True)
def sign_out(request: access.AgentRequest, company_id: int) -> HttpResponse:
    sign_ins.sign_out(request.user, request.session)
    return HttpResponseRedirect(f"{reverse('accounts:sign-in')}?company={company_id}")


def _sign_in(request: HttpRequest, typed: dict[str, Any]) -> HttpResponse:
    account = sign_ins.account_name(typed["company_id"], typed["agent_id"])
    company, agent = sign_ins.sign_in(
        company_id=typed["company_id"],
        agent_id=typed["agent_id"],
        password=typed["password"],
        address=request.META.get("REMOTE_ADDR", ""),
        browser=known_browsers.mark(request, account),
    )
    workspace = reverse("chat:workspace", args=[company.company_id])
    wanted = typed["next"] if paths.is_within(typed["next"], company) else workspace
    return second_step.enter(request, company, agent, remembered=typed["remember_me"], wanted=wanted)


def _page(request: HttpRequest, form: SignInForm, wait: float | None = None) -> HttpResponse:
    response = render(request, "accounts/sign_in.html", {"form": form}, status=429 if wait else 200)
    if wait:
        response["Retry-After"] = str(int(wait) + 1)
    return response


def _from_link(request: HttpRequest) -> dict[str, str]:
    return {"company_id": request.GET.get("company", "")[:20], "next": request.GET.get("next", "")}
