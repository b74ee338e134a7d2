"""Taking data along, also from a company that is closed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import exports
from accounts.access import AgentRequest, requires
from accounts.capabilities import Capability
from accounts.services import exports as taking_along
from core import takeout
from core.errors import FilesUnderWay, Forbidden


@require_safe
@requires(Capability.EXPORT)
def index(request: AgentRequest, company_id: int) -> HttpResponse:
    """Every file this agent may take along."""
    return render(request, "accounts/exports.html", {"kinds": exports.open_to(request.user)})


@require_POST
@requires(Capability.EXPORT, even_closed=True)
def export(request: AgentRequest, company_id: int, name: str) -> HttpResponseBase:
    """One of them: CSV, or JSON lines with `format=json`."""
    kind = exports.named(name)
    if kind is None:
        raise Http404
    if not exports.is_open_to(request.user, kind):
        raise PermissionDenied(Forbidden().message)
    form = "json" if request.POST.get("format") == "json" else "csv"
    file = f"{kind.name}-{company_id}-{timezone.localdate().isoformat()}"
    try:
        return takeout.response(request, file, form, lambda: taking_along.export(request.company, kind, form))
    except FilesUnderWay as trouble:
        messages.error(request, trouble.message)
        return redirect("accounts:exports", company_id)
