"""Where a colleague is signed in, and their second step."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import devices
from accounts.access import AgentRequest, requires
from accounts.capabilities import Capability
from accounts.models import Agent, SignIn
from accounts.services import agent_rules, second_step_resets, sign_in_sessions, two_step
from accounts.views.proof import after_password
from core.errors import DomainError


@require_safe
@requires(Capability.MANAGE_AGENTS)
def index(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    colleague = _colleague(pk)
    this = request.session.session_key
    facts = {
        "colleague": colleague,
        "devices": [devices.of(one, this) for one in sign_in_sessions.open_of(colleague)],
        "is_set_up": two_step.is_set_up(colleague),
        "may_change": agent_rules.may_change(request.user, colleague),
        "is_oneself": colleague == request.user,
    }
    return render(request, "accounts/security/of_agent.html", facts)


@require_POST
@requires(Capability.MANAGE_AGENTS)
def end(request: AgentRequest, company_id: int, pk: int, sign_in: int) -> HttpResponse:
    found = get_object_or_404(SignIn.objects.select_related("agent__role"), pk=sign_in, agent=_colleague(pk))
    try:
        sign_in_sessions.end_for(found, by=request.user)
    except DomainError as trouble:
        messages.error(request, trouble.message)
    else:
        messages.success(request, _("%(name)s is signed out there.") % {"name": found.agent.name})
    return redirect("accounts:agent-sessions", company_id, pk)


@require_POST
@requires(Capability.MANAGE_AGENTS)
def end_all(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    colleague = _colleague(pk)
    try:
        sign_in_sessions.end_all_for(colleague, by=request.user)
    except DomainError as trouble:
        messages.error(request, trouble.message)
    else:
        messages.success(request, _("%(name)s is signed out everywhere.") % {"name": colleague.name})
    return redirect("accounts:agent-sessions", company_id, pk)


@require_POST
@requires(Capability.MANAGE_AGENTS)
@after_password(back="accounts:agent-sessions")
def reset(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    colleague = _colleague(pk)
    try:
        second_step_resets.reset(request.company, colleague, by=request.user)
    except DomainError as trouble:
        messages.error(request, trouble.message)
    else:
        words = _("%(name)s signs in with the password alone, until they set up a second step again.")
        messages.success(request, words % {"name": colleague.name})
    return redirect("accounts:agent-sessions", company_id, pk)


def _colleague(pk: int) -> Agent:
    found: Agent = get_object_or_404(Agent.objects.existing().select_related("role"), pk=pk)
    return found
