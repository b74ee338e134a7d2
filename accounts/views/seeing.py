"""Seeing as a role: beginning and stopping."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts import errors, see_as
from accounts.access import AgentRequest, requires, signed_in
from accounts.capabilities import Capability
from accounts.models import Role


@require_POST
@requires(Capability.MANAGE_AGENTS)
def start(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    """From here on this sign-in sees what the role would see; nothing is written, so nobody is told."""
    role = get_object_or_404(Role.objects.exclude(kind=Role.Kind.ADMINISTRATOR), pk=pk)
    if not request.user.is_administrator:
        raise PermissionDenied(errors.OnlyAdministrators().message)
    see_as.start(request.session, role)
    return redirect("chat:workspace", company_id)


@require_POST
@signed_in(even_seeing=True)
def stop(request: AgentRequest, company_id: int) -> HttpResponse:
    """Back to one's own eyes, and to the roles."""
    see_as.stop(request.session)
    return redirect(
        "accounts:roles" if request.user.role.kind == Role.Kind.ADMINISTRATOR else "chat:workspace",
        company_id,
    )
