from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import AgentRequest, requires
from accounts.capabilities import Capability
from accounts.forms.groups import GroupForm
from accounts.models import Agent, Group
from accounts.services import groups
from core.errors import DomainError

_FORM = require_http_methods(["GET", "HEAD", "POST"])
#: Agents that one search shows beside the members.
_FOUND = 50


@require_safe
@requires(Capability.MANAGE_AGENTS)
def index(request: AgentRequest, company_id: int) -> HttpResponse:
    found = Group.objects.annotate(members=Count("agents", filter=Q(agents__is_active=True))).in_order()
    return render(request, "accounts/groups/index.html", {"groups": found})


@_FORM
@requires(Capability.MANAGE_AGENTS)
def add(request: AgentRequest, company_id: int) -> HttpResponse:
    form = GroupForm(request.POST or None)
    if _is_to_be_saved(request) and form.is_valid():
        typed = form.cleaned_data
        try:
            group = groups.add(
                name=typed["name"], description=typed["description"], agents=list(typed["agents"])
            )
        except DomainError as trouble:
            _tell(form, trouble)
        else:
            messages.success(request, _("The group “%(name)s” is there now.") % {"name": group})
            return redirect("accounts:groups", company_id)
    return _form(request, form, None)


@_FORM
@requires(Capability.MANAGE_AGENTS)
def edit(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    group = get_object_or_404(Group, pk=pk)
    form = GroupForm(request.POST or None, initial=_as_it_is(group))
    if _is_to_be_saved(request) and form.is_valid():
        typed = form.cleaned_data
        facts = {"name": typed["name"], "description": typed["description"], "agents": list(typed["agents"])}
        try:
            groups.edit(group, seen=typed["version"], **facts)
        except DomainError as trouble:
            _tell(form, trouble)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:groups", company_id)
    return _form(request, form, group)


@require_POST
@requires(Capability.MANAGE_AGENTS)
def move(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    """One place up or down in the order in which visitors and agents see them."""
    groups.move(get_object_or_404(Group, pk=pk), up=request.POST.get("to") == "up")
    return redirect("accounts:groups", company_id)


@_FORM
@requires(Capability.MANAGE_AGENTS)
def delete(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    """Asks first, and says what becomes of its conversations."""
    group = get_object_or_404(Group, pk=pk)
    if request.method != "POST":
        return render(request, "accounts/groups/delete.html", {"group": group})
    groups.delete(group)
    messages.success(request, _("The group “%(name)s” is gone.") % {"name": group.name})
    return redirect("accounts:groups", company_id)


def _is_to_be_saved(request: AgentRequest) -> bool:
    """Looking for an agent sends what is typed as well, but saves nothing."""
    return request.method == "POST" and "find" not in request.POST


def _as_it_is(group: Group) -> dict[str, Any]:
    members = list(group.agents.filter(deleted_at=None).values_list("pk", flat=True))
    facts = {"name": group.name, "description": group.description, "agents": members}
    return {"version": group.version, **facts}


def _form(request: AgentRequest, form: GroupForm, group: Group | None) -> HttpResponse:
    if "find" in request.POST:
        # Nothing is wrong yet with what is not being saved.
        form = GroupForm(initial={name: _typed(request, name) for name in form.fields})
    query = request.POST.get("query", "").replace("\0", "").strip()
    agents = Agent.objects.existing().order_by("name", "pk")
    members = agents.filter(pk__in=form.chosen)
    others = _fitting(agents.exclude(pk__in=form.chosen), query)
    facts = {"form": form, "group": group, "query": query, "members": members, "others": others[:_FOUND]}
    return render(request, "accounts/groups/form.html", {**facts, "has_more": others.count() > _FOUND})


def _typed(request: AgentRequest, name: str) -> Any:
    return request.POST.getlist(name) if name == "agents" else request.POST.get(name, "")


def _fitting(agents: "QuerySet[Agent]", query: str) -> "QuerySet[Agent]":
    for word in query.split():
        agents = agents.filter(Q(name__icontains=word) | Q(agent_id__icontains=word))
    return agents


def _tell(form: GroupForm, trouble: DomainError) -> None:
    form.add_error(trouble.field if trouble.field in form.fields else None, trouble.message)
