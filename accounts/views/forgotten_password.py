from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import errors, known_browsers, paths
from accounts.forms.password import ForgottenPasswordForm, NewPasswordForm
from accounts.services import password_links, sign_ins
from core.errors import DomainError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A link by mail. The answer is the same for everybody, whether there is such an agent or not."""
    known = {name: request.GET.get(name.removesuffix("_id"), "")[:30] for name in ("company_id", "agent_id")}
    form = ForgottenPasswordForm(request.POST if request.method == "POST" else None, initial=known)
    if not form.is_valid():
        return render(request, "accounts/password/forgotten.html", {"form": form})
    address, browser = (
        request.META.get("REMOTE_ADDR", ""),
        known_browsers.mark(request, sign_ins.account_name(**form.cleaned_data)),
    )
    try:
        password_links.ask(
            **form.cleaned_data, address=address, browser=browser, origin=paths.origin(request)
        )
    except errors.TooManyPasswordLinks as trouble:
        form.add_error(None, trouble.message)
        return render(request, "accounts/password/forgotten.html", {"form": form}, status=429)
    return render(request, "accounts/password/asked.html", {"asked": form.cleaned_data})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """By the mail's link. Whoever has chosen signs in with it, second step and all."""
    try:
        linked = password_links.look(token)
        with linked.company.entered():
            form = NewPasswordForm(request.POST if request.method == "POST" else None, agent=linked.agent)
            if not form.is_valid():
                return render(request, "accounts/password/choose.html", {"form": form, "linked": linked})
        password_links.use(token, **form.cleaned_data, address=request.META.get("REMOTE_ADDR") or None)
    except DomainError as trouble:
        return render(request, "accounts/password/not_linked.html", {"trouble": trouble.message}, status=410)
    messages.success(request, _("Your password is changed. Sign in with it."))
    response = redirect(f"{reverse('accounts:sign-in')}?company={linked.company.company_id}")
    # However much was guessed at it, by strangers or by themselves: they sign in at once.
    account = sign_ins.account_name(linked.company.company_id, linked.agent.agent_id)
    known_browsers.remember(request, response, account, anew=True)
    return response
