from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import at_work
from accounts.access import AgentRequest, requires
from accounts.capabilities import Capability
from accounts.forms.agent import AddForm, EditForm, roles_for
from accounts.forms.agent_list import AgentListForm, in_order
from accounts.forms.pictures import PictureForm
from accounts.models import Agent, Group
from accounts.services import agent_rules, agents
from core.errors import DomainError

_ON_A_PAGE = 50


class Line(NamedTuple):
    """An agent in the list."""

    agent: Agent
    status: at_work.Status | None
    may_change: bool
    is_oneself: bool


@require_safe
@requires(Capability.MANAGE_AGENTS)
def index(request: AgentRequest, company_id: int) -> HttpResponse:
    """All agents, or those asked for, a page at a time."""
    form, order = AgentListForm(request.GET), request.GET.get("sort", "name")
    found = in_order(form.found(), order).select_related("role").prefetch_related("groups")
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page"))
    facts = {
        "form": form,
        "page": page,
        "lines": _lines(request.user, list(page)),
        "roles": roles_for(request.user),
        "groups": Group.objects.in_order(),
        "ticked": request.GET.getlist("tick"),
        "asked": _asked(request, form),
        "order": order,
        "place": urlencode({**_asked(request, form), "sort": order, "page": page.number}),
        "query": urlencode(_asked(request, form)),
        "zone": request.company.zone,
    }
    return render(request, "accounts/agents/index.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.MANAGE_AGENTS)
def add(request: AgentRequest, company_id: int) -> HttpResponse:
    """Somebody new, with a password that is told to them."""
    form = AddForm(_posted(request), by=request.user)
    if form.is_valid():
        try:
            agent = agents.add_colleague(by=request.user, **form.facts())
        except DomainError as trouble:
            tell(form, trouble)
        else:
            messages.success(request, _("%(name)s can sign in now.") % {"name": agent.name})
            return redirect("accounts:agents", company_id)
    return render(request, "accounts/agents/add.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.MANAGE_AGENTS)
def edit(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    """Who somebody is and what they may do."""
    agent = find(pk)
    form = EditForm(_posted(request), by=request.user, agent=agent)
    if form.is_valid():
        try:
            agents.edit(agent, by=request.user, **form.changes())
        except DomainError as trouble:
            tell(form, trouble)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:agent", company_id, pk)
    return render(request, "accounts/agents/edit.html", _facts(request, agent, form))


def find(pk: int) -> Agent:
    """Somebody of this company who was not deleted."""
    found: Agent = get_object_or_404(Agent.objects.existing().select_related("role"), pk=pk)
    return found


def tell(form: Any, trouble: DomainError) -> None:
    """Beside the field it is about; what somebody else has changed meanwhile may be saved at the next attempt."""
    form.add_error(trouble.field if trouble.field in form.fields else None, trouble.message)
    if "version" in trouble.facts:
        form.data = form.data.copy()
        form.data["version"] = trouble.facts["version"]


def _facts(request: AgentRequest, agent: Agent, form: EditForm) -> dict[str, Any]:
    return {
        "form": form,
        "picture_form": PictureForm(),
        "colleague": agent,
        "status": at_work.statuses(request.user, [agent]).get(agent.pk),
        "may_change": agent_rules.may_change(request.user, agent),
        "is_oneself": request.user.pk == agent.pk,
        "zone": request.company.zone,
    }


def _lines(viewer: Agent, shown: list[Agent]) -> list[Line]:
    statuses = at_work.statuses(viewer, shown)
    return [
        Line(agent, statuses.get(agent.pk), agent_rules.may_change(viewer, agent), agent.pk == viewer.pk)
        for agent in shown
    ]


def _asked(request: HttpRequest, form: AgentListForm) -> dict[str, str]:
    return {name: value for name in form.fields if (value := request.GET.get(name, ""))}


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
