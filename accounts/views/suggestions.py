from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import AgentRequest, signed_in
from accounts.forms.suggestions import SuggestionForm
from companies.models import Suggestion
from companies.services import suggestions
from core.errors import DomainError

_ON_A_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(own=True)
def index(request: AgentRequest, company_id: int) -> HttpResponse:
    """One's own, with the answers; those that are new are marked once."""
    form = SuggestionForm(request.POST or None)
    if form.is_valid():
        try:
            _submit(request, form)
        except DomainError as error:
            form.add_error("text", error.message)
        else:
            messages.success(request, _("Sent. The answer will stand here, and you are told when it does."))
            return redirect("accounts:suggestions", company_id)
    return _page(request, form)


def _submit(request: AgentRequest, form: SuggestionForm) -> None:
    suggestions.submit(
        request.company,
        agent_pk=request.user.pk,
        agent_name=request.user.name,
        language=get_language() or "en",
        **form.cleaned_data,
    )


def _page(request: AgentRequest, form: SuggestionForm) -> HttpResponse:
    own = Suggestion.objects.of(request.company, request.user.pk).newest_first()
    page = Paginator(own, _ON_A_PAGE).get_page(request.GET.get("page"))
    # Read before they are marked, so that the new ones stand out this once.
    facts = {"form": form, "page": page, "new": {one.pk for one in own.unread()}}
    response = render(request, "accounts/suggestions.html", facts)
    if request.method == "GET" and not request.user.seen_as:
        suggestions.mark_answers_read(request.company, agent_pk=request.user.pk)
    return response
