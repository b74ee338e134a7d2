from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import paths
from accounts.access import AgentRequest, requires
from accounts.capabilities import Capability
from accounts.models import Group
from widgets import origins
from widgets.forms import SitesForm
from widgets.services import sites


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.MANAGE_SETTINGS)
def snippet(request: AgentRequest, company_id: int) -> HttpResponse:
    """The site code, and which websites may carry it."""
    form = SitesForm(request.POST or None, initial={"sites": "\n".join(request.company.sites)})
    if form.is_valid():
        sites.set_sites(request.company, form.cleaned_data["sites"])
        messages.success(request, _("Saved."))
        return redirect("widgets:snippet", company_id)
    facts = {"form": form, "groups": Group.objects.in_order(), **_addresses(request)}
    return render(request, "widgets/snippet.html", facts)


def _addresses(request: AgentRequest) -> dict[str, str]:
    origin = paths.origin(request)
    window = reverse("website:window", args=[request.company.company_id])
    return {
        "origin": origin,
        "socket_origin": origins.of_sockets(origin),
        "script": origin + reverse("website:loader"),
        "window": origin + window,
    }
