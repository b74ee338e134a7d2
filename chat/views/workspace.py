from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import AgentRequest, signed_in
from chat import shells


@require_safe
@signed_in()
def workspace(request: AgentRequest, company_id: int) -> HttpResponse:
    """The page's shell; what it shows comes over the socket."""
    return HttpResponse(shells.of(request))
