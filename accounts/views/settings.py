from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import settings_area
from accounts.access import AgentRequest, signed_in


@require_safe
@signed_in
def index(request: AgentRequest, company_id: int) -> HttpResponse:
    """All pages of the settings that the agent may open, or those that fit what is looked for."""
    query = request.GET.get("q", "").strip()
    groups = settings_area.seen_by(request.user, request.company)
    fitting = [(group, [one for one in pages if one.tells_of(query)]) for group, pages in groups]
    found = [(group, pages) for group, pages in fitting if pages]
    return render(request, "settings/index.html", {"found": found, "query": query})
