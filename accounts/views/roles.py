from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import capability_words
from accounts.access import AgentRequest, requires
from accounts.capabilities import Capability
from accounts.forms import fields
from accounts.forms.roles import RoleDeletionForm, RoleForm
from accounts.models import Agent, Role
from accounts.services import roles
from core.errors import DomainError

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(Capability.MANAGE_AGENTS)
def index(request: AgentRequest, company_id: int) -> HttpResponse:
    """Each role with what it allows, in words."""
    having = Count("agents", filter=Q(agents__deleted_at=None))
    found = Role.objects.annotate(having=having).order_by("pk")
    rows = [(role, capability_words.told(role.can_do)) for role in found]
    return render(request, "accounts/roles/index.html", {"rows": rows})


@_FORM
@requires(Capability.MANAGE_AGENTS)
def add(request: AgentRequest, company_id: int) -> HttpResponse:
    """A new role, or a copy of another one to begin with."""
    form = RoleForm(request.POST or None, initial=_copied(request.GET.get("copy", "")))
    if form.is_valid():
        typed = form.cleaned_data
        try:
            role = roles.add(name=typed["name"], capabilities=typed["capabilities"], by=request.user)
        except DomainError as trouble:
            _tell(form, trouble)
        else:
            messages.success(request, _("The role “%(name)s” is there now.") % {"name": role})
            return redirect("accounts:roles", company_id)
    return render(request, "accounts/roles/form.html", _shown(form, None))


def _copied(pk: str) -> dict[str, Any]:
    number = fields.number(pk)
    role = None if number is None else Role.objects.filter(pk=number).first()
    if role is None:
        return {}
    return {"name": _("%(name)s, copy") % {"name": role}, "capabilities": list(role.can_do)}


@_FORM
@requires(Capability.MANAGE_AGENTS)
def edit(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    """One role: to be changed by administrators, to be read by everybody who manages agents."""
    role = get_object_or_404(Role, pk=pk)
    initial = {"version": role.version, "name": str(role), "capabilities": role.capabilities}
    form = RoleForm(request.POST or None, initial=initial, role=role)
    if form.is_valid():
        typed = form.cleaned_data
        facts = {"seen": typed["version"], "name": typed["name"], "capabilities": typed["capabilities"]}
        try:
            roles.edit(role, by=request.user, **facts)
        except DomainError as trouble:
            _tell(form, trouble)
        else:
            messages.success(request, _("Saved. It holds at once, for everybody who has this role."))
            return redirect("accounts:roles", company_id)
    return render(request, "accounts/roles/form.html", _shown(form, role))


@require_POST
@requires(Capability.MANAGE_AGENTS)
def reset(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    role = get_object_or_404(Role.objects.exclude(kind=Role.Kind.OWN), pk=pk)
    try:
        roles.reset(role, seen=role.version, by=request.user)
    except DomainError as trouble:
        messages.error(request, trouble.message)
    else:
        messages.success(request, _("The role is as delivered again."))
    return redirect("accounts:role", company_id, pk)


@_FORM
@requires(Capability.MANAGE_AGENTS)
def delete(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    """Asks which role those who have it get instead."""
    role = get_object_or_404(Role.objects.filter(kind=Role.Kind.OWN), pk=pk)
    form = RoleDeletionForm(request.POST if request.method == "POST" else None, role=role)
    if form.is_valid():
        try:
            roles.delete(role, move_to=form.cleaned_data["move_to"], by=request.user)
        except DomainError as trouble:
            _tell(form, trouble)
        else:
            messages.success(request, _("The role “%(name)s” is gone.") % {"name": role.name})
            return redirect("accounts:roles", company_id)
    agents = Agent.objects.existing().filter(role=role).order_by("name", "pk")
    return render(request, "accounts/roles/delete.html", {"form": form, "role": role, "agents": agents})


def _shown(form: RoleForm, role: Role | None) -> dict[str, Any]:
    facts: dict[str, Any] = {"form": form, "role": role, "subjects": capability_words.SUBJECTS}
    if role is not None:
        facts["told"] = capability_words.told(role.can_do)
        facts["is_as_delivered"] = set(role.capabilities) == set(roles.as_delivered(role))
    return facts


def _tell(form: RoleForm | RoleDeletionForm, trouble: DomainError) -> None:
    form.add_error(trouble.field if trouble.field in form.fields else None, trouble.message)
