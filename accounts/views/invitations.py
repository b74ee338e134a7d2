from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import errors, paths
from accounts.access import AgentRequest, requires
from accounts.capabilities import Capability
from accounts.forms.agent import AcceptForm, InviteForm
from accounts.models import Agent
from accounts.services import invitations
from accounts.views import second_step
from accounts.views.agents import tell
from core.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.MANAGE_AGENTS)
def invite(request: AgentRequest, company_id: int) -> HttpResponse:
    """Somebody new, who gets a mail and chooses name and password."""
    form = InviteForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_valid():
        origin = paths.origin(request)
        try:
            agent = invitations.invite(request.company, by=request.user, origin=origin, **form.facts())
        except DomainError as trouble:
            tell(form, trouble)
        else:
            messages.success(
                request, _("The invitation is on its way to %(email)s.") % {"email": agent.email}
            )
            return redirect("accounts:agents", company_id)
    return render(request, "accounts/agents/invite.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """What the mail's link leads to. Opening it changes nothing; mail programs open links too."""
    try:
        invited = invitations.look(token)
        with invited.company.entered():
            form = _form(request, invited.agent)
            is_complete = form.is_valid()
        if is_complete:
            return _begin(request, token, form)
    except (errors.InvitationInvalid, errors.InvitationExpired) as trouble:
        return render(request, "accounts/not_invited.html", {"trouble": trouble.message}, status=410)
    except DomainError as trouble:
        tell(form, trouble)
    return render(request, "accounts/invitation.html", {"form": form, "invited": invited})


def _form(request: HttpRequest, agent: Agent) -> AcceptForm:
    given = {"name": "" if agent.name == agent.agent_id else agent.name}
    return AcceptForm(request.POST if request.method == "POST" else None, agent=agent, initial=given)


def _begin(request: HttpRequest, token: str, form: AcceptForm) -> HttpResponse:
    address = request.META.get("REMOTE_ADDR") or None
    company, agent = invitations.accept(token, address=address, **form.cleaned_data)
    wanted = reverse("chat:workspace", args=[company.company_id])
    return second_step.enter(request, company, agent, remembered=False, wanted=wanted)
