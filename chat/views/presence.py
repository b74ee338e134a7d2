from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import AgentRequest, requires
from accounts.capabilities import Capability
from chat.forms import PresenceSettingsForm
from chat.services import settings


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.MANAGE_SETTINGS)
def presence(request: AgentRequest, company_id: int) -> HttpResponse:
    """When agents become away or lose their conversations, and how long visitors who have left are shown."""
    form = PresenceSettingsForm(request.POST or None, initial=model_to_dict(settings.current()))
    if form.is_valid():
        settings.change(**form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("chat:presence", company_id)
    return render(request, "chat/presence.html", {"form": form})
