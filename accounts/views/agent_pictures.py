from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import AgentRequest, requires
from accounts.capabilities import Capability
from accounts.forms.pictures import PictureForm
from accounts.services import agent_pictures
from accounts.views.agents import find
from core.errors import DomainError


@require_POST
@requires(Capability.MANAGE_AGENTS)
def put_on(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    agent, form = find(pk), PictureForm(request.POST, request.FILES)
    if form.hand_to(partial(agent_pictures.put_on, agent, by=request.user)):
        messages.success(request, _("This is the picture of %(name)s from now on.") % {"name": agent.name})
    else:
        messages.error(request, str(form.errors["picture"][0]))
    return redirect("accounts:agent", company_id, pk)


@require_POST
@requires(Capability.MANAGE_AGENTS)
def take_off(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    try:
        agent_pictures.take_off(find(pk), by=request.user)
    except DomainError as trouble:
        messages.error(request, trouble.message)
    else:
        messages.success(request, _("The picture is removed."))
    return redirect("accounts:agent", company_id, pk)
