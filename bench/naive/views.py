import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
def page_view(request: HttpRequest) -> HttpResponse:
    """Takes a visitor's page view; what is kept of it is not measured here."""
    page = json.loads(request.body)["page"]
    return HttpResponse(status=204 if page["url"] else 400)
