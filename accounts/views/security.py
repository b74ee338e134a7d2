"""One's own second step: an authenticator app, passkeys, recovery codes."""

import textwrap

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import proofs, qr
from accounts.access import AgentRequest, signed_in
from accounts.forms.second_step import FirstCodeForm
from accounts.services import recovery_codes, sign_in_settings, two_step
from accounts.views.proof import after_password, frame_of, proven
from core.errors import DomainError


@require_safe
@signed_in(even_without_second_step=True, own=True)
def overview(request: AgentRequest, company_id: int) -> HttpResponse:
    """What is set up; whoever has to set something up first finds nothing else here."""
    if sign_in_settings.lacks_second_step(request.user):
        proofs.begin_to_set_up(request.session)
        return render(request, "accounts/security/first.html")
    facts = {
        "has_app": two_step.has_app(request.user),
        "passkeys": request.user.passkeys.order_by("created_at"),
        "codes_left": recovery_codes.left(request.user),
        "is_set_up": two_step.is_set_up(request.user),
        "asked_after": int(proofs.LASTS.total_seconds() // 60),
        "is_required": sign_in_settings.current().requires_two_step,
    }
    return render(request, "accounts/security/overview.html", facts)


@require_POST
@signed_in(even_without_second_step=True, own=True)
@after_password(proofs.may_set_up)
def begin_app(request: AgentRequest, company_id: int) -> HttpResponse:
    """A secret for the app to learn."""
    proofs.begin_to_set_up(request.session)
    try:
        two_step.begin(request.user)
    except DomainError as trouble:
        messages.warning(request, trouble.message)
        return redirect("accounts:security", company_id)
    return redirect("accounts:security-app", company_id)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(even_without_second_step=True, own=True)
@after_password(proofs.may_set_up)
def app(request: AgentRequest, company_id: int) -> HttpResponse:
    """The secret as a picture and in words, until the app has shown its first code."""
    secret = two_step.pending(request.user)
    if secret is None:
        return redirect("accounts:security", company_id)
    frame, form = frame_of(request), FirstCodeForm(request.POST or None)
    if form.is_valid():
        try:
            codes = two_step.confirm(request.user, form.cleaned_data["code"])
        except DomainError as trouble:
            form.add_error("code", trouble.message)
        else:
            messages.success(request, _("From now on signing in asks for a code of your app."))
            return after_setting_up(request, codes, frame)
    uri = two_step.uri(request.user, secret, of=request.company.name)
    # In fours, as people read it from one screen and type it into another.
    parts = textwrap.wrap(secret, 4)
    facts = {"form": form, "parts": parts, "qr": qr.of(uri), "uri": uri, "frame": frame}
    return render(request, "accounts/security/app.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(own=True)
def remove_app(request: AgentRequest, company_id: int) -> HttpResponse:
    def remove() -> HttpResponse:
        two_step.remove_app(request.user)
        messages.success(request, _("The authenticator app is removed."))
        return redirect("accounts:security", company_id)

    return proven(request, remove, "accounts/security/remove_app.html")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(own=True)
def new_codes(request: AgentRequest, company_id: int) -> HttpResponse:
    if not two_step.is_set_up(request.user):
        return redirect("accounts:security", company_id)

    def renew() -> HttpResponse:
        return show_codes(request, recovery_codes.renew(request.user), "settings.html")

    return proven(request, renew, "accounts/security/new_codes.html")


def after_setting_up(request: AgentRequest, codes: list[str], frame: str) -> HttpResponse:
    """The first recovery codes are shown this once."""
    proofs.has_set_up(request.session)
    if codes:
        return show_codes(request, codes, frame)
    return redirect("accounts:security", request.company.company_id)


def show_codes(request: AgentRequest, codes: list[str], frame: str) -> HttpResponse:
    return render(request, "accounts/security/codes.html", {"codes": codes, "frame": frame})
