"""The page on which an operator says why, and for how long, they look into a company."""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from accounts import operators, visiting, words
from accounts.models import Agent
from accounts.services import operator_visits
from companies.models import Company, OperatorVisit
from config.console import deeds
from core.admin import Site
from core.errors import DomainError

_MINUTES = (15, 30, 60, 120, 240)


class Enter(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The company’s administrators read it in their audit log."),
        widget=widgets.UnfoldAdminTextareaWidget,
    )
    minutes = forms.TypedChoiceField(
        label=_("For"), coerce=int, initial=30, widget=widgets.UnfoldAdminSelectWidget
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lengths = [(each, words.duration(each * 60)) for each in _MINUTES]
        self.fields["minutes"].choices = lengths  # type: ignore[attr-defined]


def page(site: Site) -> Callable[[HttpRequest, int], HttpResponse]:
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        company = get_object_or_404(Company, pk=pk)
        form = Enter(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                return _enter(request, company, form.cleaned_data)
            except DomainError as trouble:
                form.add_error(trouble.field, trouble.message)
        title = _("Enter the company")
        sentence = _(
            "You see its workspace, its settings and its records, and change nothing. It ends by itself. If you are "
            "signed in there as an agent in this browser, sign out first."
        )
        return deeds.shown(request, site, title, sentence, form, company, "../change/")

    return view


def _enter(request: HttpRequest, company: Company, typed: dict[str, Any]) -> HttpResponse:
    operator = operators.of(request)
    assert operator is not None
    lasts = datetime.timedelta(minutes=typed["minutes"])
    visit = operator_visits.begin(company, operator=operator, reason=typed["reason"], lasts=lasts)
    return _led_to("company-admin", visit)


#: Where a visit leads, by the words in its address.
_PLACES = {"workspace": "chat:workspace", "records": "company-admin"}


def on_visit(request: HttpRequest, pk: int, place: str) -> HttpResponse:
    """Back into the company while one's visit is under way, from whichever browser one is signed in with."""
    operator = operators.of(request)
    assert operator is not None
    visit = under_way(operator, pk)
    if visit is None or place not in _PLACES:
        raise Http404
    return _led_to(_PLACES[place], visit)


def under_way(operator: Agent, company_pk: int) -> OperatorVisit | None:
    visits = OperatorVisit.objects.under_way().filter(operator_pk=operator.pk, company_id=company_pk)
    return visits.select_related("company").first()


def _led_to(url_name: str, visit: OperatorVisit) -> HttpResponse:
    response = HttpResponseRedirect(reverse(url_name, args=[visit.company.company_id]))
    visiting.set_cookie(response, visit)
    return response
