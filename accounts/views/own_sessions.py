"""Where one is signed in oneself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import devices
from accounts.access import AgentRequest, signed_in
from accounts.models import SignIn
from accounts.services import sign_in_sessions


@require_safe
@signed_in(own=True)
def index(request: AgentRequest, company_id: int) -> HttpResponse:
    this = request.session.session_key
    found = [devices.of(one, this) for one in sign_in_sessions.open_of(request.user)]
    found.sort(key=lambda device: not device.is_this_one)
    return render(request, "accounts/security/sessions.html", {"devices": found})


@require_POST
@signed_in(own=True)
def end(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    sign_in = get_object_or_404(SignIn.objects.filter(agent=request.user), pk=pk)
    sign_in_sessions.end(sign_in)
    messages.success(request, _("Signed out there."))
    return redirect("accounts:own-sessions", company_id)


@require_POST
@signed_in(own=True)
def end_others(request: AgentRequest, company_id: int) -> HttpResponse:
    sign_in_sessions.end_others(request.user, kept=request.session.session_key)
    messages.success(request, _("Signed out everywhere else."))
    return redirect("accounts:own-sessions", company_id)
