"""What is done to agents from the list or their page, one or several at a time; each answer leads back there."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts import at_work, paths
from accounts.access import AgentRequest, requires
from accounts.capabilities import Capability
from accounts.forms import fields
from accounts.models import Agent, Group, Role
from accounts.services import agents, invitations
from accounts.views.agents import find
from core.errors import DomainError

Deed = Callable[[Agent], object]
#: What is chosen beside a deed.
_MISSING = {
    "move": gettext_lazy("Choose the role to give them."),
    "join": gettext_lazy("Choose the group to add them to."),
}


@require_POST
@requires(Capability.MANAGE_AGENTS)
def disable(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    _try(
        request, lambda: agents.disable(find(pk), by=request.user), _("%(name)s cannot sign in any more."), pk
    )
    return _back(request)


@require_POST
@requires(Capability.MANAGE_AGENTS)
def enable(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    _try(request, lambda: agents.enable(find(pk), by=request.user), _("%(name)s can sign in again."), pk)
    return _back(request)


@require_POST
@requires(Capability.MANAGE_AGENTS)
def send_again(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    _try(
        request,
        lambda: _send_again(request, find(pk)),
        _("A fresh invitation is on its way to %(name)s."),
        pk,
    )
    return _back(request)


@require_POST
@requires(Capability.MANAGE_AGENTS)
def revoke(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    """Afterwards there is no such agent, so back to the list."""
    _try(
        request,
        lambda: invitations.revoke(find(pk), by=request.user),
        _("The invitation of %(name)s is void."),
        pk,
    )
    return redirect("accounts:agents", company_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.MANAGE_AGENTS)
def delete(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    """Asks by naming what goes and what stays."""
    agent = find(pk)
    if request.method == "POST":
        _try(request, lambda: agents.delete(agent, by=request.user), _("%(name)s was deleted."), pk)
        return redirect("accounts:agents", company_id)
    return render(request, "accounts/agents/delete.html", {"colleague": agent, "held": at_work.held(agent)})


@require_POST
@requires(Capability.MANAGE_AGENTS)
def bulk(request: AgentRequest, company_id: int) -> HttpResponse:
    """One deed for all that are ticked: each is done wholly or not at all, and who was left out is named."""
    ticked = [pk for pk in map(fields.number, request.POST.getlist("agent")) if pk is not None]
    chosen = Agent.objects.existing().select_related("role").filter(pk__in=ticked).order_by("name", "pk")
    deed = _deed(request)
    if not chosen:
        messages.warning(request, _("Tick at least one agent first."))
    elif deed is None:
        messages.warning(
            request, _MISSING.get(request.POST.get("deed", ""), _("Choose what to do with them."))
        )
        return _back(request, {"tick": [agent.pk for agent in chosen]})
    else:
        _do_for_each(request, list(chosen), deed)
    return _back(request)


def _deed(request: AgentRequest) -> Deed | None:
    by, named = request.user, request.POST.get("deed", "")
    match named:
        case "disable":
            return lambda agent: agents.disable(agent, by=by)
        case "enable":
            return lambda agent: agents.enable(agent, by=by)
        case "invite":
            return lambda agent: _send_again(request, agent)
        case "move" if (pk := fields.number(request.POST.get("role", ""))) is not None:
            role = get_object_or_404(Role, pk=pk)
            return lambda agent: agents.move(agent, role, by=by)
        case "join" if (pk := fields.number(request.POST.get("group", ""))) is not None:
            group = get_object_or_404(Group, pk=pk)
            return lambda agent: agents.join(agent, group, by=by)
    return None


def _do_for_each(request: AgentRequest, chosen: list[Agent], deed: Deed) -> None:
    refused = []
    for agent in chosen:
        try:
            deed(agent)
        except DomainError as trouble:
            refused.append(f"{agent.name}: {trouble.message}")
    done = len(chosen) - len(refused)
    if done:
        words = ngettext("Done for %(count)d agent.", "Done for %(count)d agents.", done)
        messages.success(request, words % {"count": done})
    for sentence in refused:
        messages.error(request, sentence)


def _send_again(request: AgentRequest, agent: Agent) -> Agent:
    return invitations.send_again(request.company, agent, by=request.user, origin=paths.origin(request))


def _try(request: AgentRequest, deed: Callable[[], object], words: str, pk: int) -> None:
    name = find(pk).name
    try:
        deed()
    except DomainError as trouble:
        messages.error(request, trouble.message)
    else:
        messages.success(request, words % {"name": name})


def _back(request: AgentRequest, ticked: dict[str, list[int]] | None = None) -> HttpResponse:
    """To the page of the agents' own that it came from, perhaps with what was ticked there."""
    listed = reverse("accounts:agents", args=[request.company.company_id])
    wanted = request.POST.get("next", "")
    is_there = paths.is_within(wanted, request.company) and wanted.startswith(listed)
    place = wanted if is_there else listed
    if ticked:
        place += ("&" if "?" in place else "?") + urlencode(ticked, doseq=True)
    return HttpResponseRedirect(place)
