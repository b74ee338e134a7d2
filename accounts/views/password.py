from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import paths
from accounts.access import AgentRequest, requires, signed_in
from accounts.capabilities import Capability
from accounts.forms.password import ChangePasswordForm, ResetForm
from accounts.models import Agent
from accounts.services import agent_rules, password_links, passwords
from core.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(even_unconfirmed=True, even_with_given_password=True, own=True)
def own(request: AgentRequest, company_id: int) -> HttpResponse:
    """One's own password; whoever has been given one comes here before anything else."""
    form = ChangePasswordForm(request.POST or None, agent=request.user)
    was_given = request.user.must_change_password
    if form.is_valid() and _change(request, form):
        messages.success(request, _("Your password is changed. Everywhere else you are signed out."))
        return redirect("chat:workspace" if was_given else "accounts:own-password", company_id)
    template = "accounts/password/given.html" if was_given else "accounts/password/own.html"
    return render(request, template, {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.MANAGE_AGENTS)
def of_agent(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    """A colleague's: a link by mail, or a temporary one that is shown this once."""
    colleague = get_object_or_404(Agent.objects.active().select_related("role"), pk=pk)
    form, given = ResetForm(request.POST or None), ""
    if form.is_valid():
        try:
            given = _reset(request, colleague, form.cleaned_data["way"])
        except DomainError as trouble:
            form.add_error(None, trouble.message)
        else:
            if not given:
                return redirect("accounts:agent-password", company_id, pk)
    facts = {
        "colleague": colleague,
        "form": form,
        "given": given,
        "may_reset": agent_rules.may_change(request.user, colleague) and colleague != request.user,
    }
    return render(request, "accounts/password/of_agent.html", facts)


def _change(request: AgentRequest, form: ChangePasswordForm) -> bool:
    try:
        passwords.change(
            request.company,
            request.user,
            **form.cleaned_data,
            session=request.session,
            address=request.META.get("REMOTE_ADDR", ""),
        )
    except DomainError as trouble:
        form.add_error(trouble.field, trouble.message)
        return False
    return True


def _reset(request: AgentRequest, colleague: Agent, way: str) -> str:
    """The temporary password, if that is the way."""
    if way == "temporary":
        return passwords.give_temporary(colleague, by=request.user)
    origin = paths.origin(request)
    delivery = password_links.mail_for(request.company, colleague, by=request.user, origin=origin)
    messages.success(request, _("The link is on its way to %(address)s.") % {"address": delivery.to})
    return ""
