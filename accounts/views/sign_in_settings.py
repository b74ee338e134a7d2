"""What the company asks of everybody who signs in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import AgentRequest, requires
from accounts.capabilities import Capability
from accounts.forms.security import SignInSettingsForm
from accounts.services import sign_in_settings, two_step
from core.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.MANAGE_SETTINGS)
def index(request: AgentRequest, company_id: int) -> HttpResponse:
    known = {"requires_two_step": sign_in_settings.current().requires_two_step}
    form = SignInSettingsForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid() and _change(request, form):
        messages.success(request, _("Saved."))
        return redirect("accounts:sign-in-settings", company_id)
    facts = {
        "form": form,
        "without": sign_in_settings.without(),
        "is_set_up": two_step.is_set_up(request.user),
    }
    return render(request, "accounts/security/settings.html", facts)


def _change(request: AgentRequest, form: SignInSettingsForm) -> bool:
    try:
        sign_in_settings.change(**form.cleaned_data, by=request.user)
    except DomainError as trouble:
        form.add_error("requires_two_step", trouble.message)
        return False
    return True
