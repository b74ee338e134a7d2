from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts import access, languages, paths
from accounts.models import Agent


# All another site could do with it is to change the language, and the page that shows the buttons may be
# a company's, whose secret this path does not know.
@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language of this browser."""
    return _back(request)


@require_POST
@access.signed_in(even_unconfirmed=True, even_with_given_password=True)
def own_language(request: access.AgentRequest, company_id: int) -> HttpResponse:
    """The language of this agent, in every browser."""
    chosen = request.POST.get("language", "")
    if languages.is_known(chosen):
        Agent.objects.filter(pk=request.user.pk).update(language=chosen)
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    chosen, wanted = request.POST.get("language", ""), request.POST.get("next", "")
    response = HttpResponseRedirect(wanted if paths.is_ours(wanted, request) else "/")
    if languages.is_known(chosen):
        languages.remember(response, chosen)
    return response
