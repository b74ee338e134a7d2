from django.http import JsonResponse
from django.views.decorators.http import require_safe

from accounts import access
from accounts.services import socket_tokens


@require_safe
@access.signed_in(json=True)
def socket_token(request: access.AgentRequest, company_id: int) -> JsonResponse:
    key = request.session.session_key or ""
    return JsonResponse({"token": socket_tokens.issue(request.company, request.user, key)})
