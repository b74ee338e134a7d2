from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import access, paths
from accounts.services import confirmations
from core.errors import DomainError


@require_safe
@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    try:
        company = confirmations.confirm(token)
    except DomainError as trouble:
        return render(request, "accounts/not_confirmed.html", {"trouble": trouble.message}, status=410)
    return render(request, "accounts/confirmed.html", {"confirmed": company})


@require_safe
@access.signed_in(even_unconfirmed=True)
def unconfirmed(request: access.AgentRequest, company_id: int) -> HttpResponse:
    if request.company.is_established:
        return redirect("chat:workspace", company_id)
    return render(request, "accounts/unconfirmed.html")


@require_POST
@access.signed_in(even_unconfirmed=True)
def send_again(request: access.AgentRequest, company_id: int) -> HttpResponse:
    agent_id, origin = request.user.agent_id, paths.origin(request)
    try:
        delivery = confirmations.send_again(request.company, agent_id=agent_id, origin=origin)
    except DomainError as trouble:
        messages.warning(request, trouble.message)
    else:
        messages.success(request, _("The mail is on its way to %(address)s.") % {"address": delivery.to})
    return redirect(
        "accounts:welcome" if request.company.is_established else "accounts:unconfirmed", company_id
    )
