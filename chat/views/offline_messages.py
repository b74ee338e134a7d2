from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.access import AgentRequest, requires
from accounts.capabilities import Capability
from chat.models import OfflineMessage
from chat.services import offline_messages

ON_A_PAGE = 50


@require_safe
@requires(Capability.ANSWER_OFFLINE_MESSAGES)
def index(request: AgentRequest, company_id: int) -> HttpResponse:
    messages = OfflineMessage.objects.newest_first().select_related("read_by")
    page = Paginator(messages, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "chat/offline_messages.html", {"page": page, "zone": request.company.zone})


@require_POST
@requires(Capability.ANSWER_OFFLINE_MESSAGES)
def mark_read(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    """The page it was on, where it now stands as read."""
    offline_messages.mark_read(get_object_or_404(OfflineMessage, pk=pk), by=request.user)
    page = request.POST.get("page", "")
    query = f"?page={page}" if page.isdigit() else ""
    return redirect(reverse("chat:offline-messages", args=[company_id]) + query)
