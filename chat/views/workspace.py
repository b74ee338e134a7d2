from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import AgentRequest, signed_in


@require_safe
@signed_in()
def workspace(request: AgentRequest, company_id: int) -> HttpResponse:
    """The page's shell; what it shows comes over the socket."""
    return render(request, "chat/workspace.html")
