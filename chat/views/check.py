from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import AgentRequest, signed_in


@require_safe
@signed_in()
def check(request: AgentRequest, company_id: int) -> HttpResponse:
    """The page's shell; its script tries out what this browser and its network can do."""
    return render(request, "chat/check.html")
