"""The page on which an operator says why, and for how long, they look into a company."""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from accounts import operators, words
from accounts.services import operator_visits
from companies.models import Company
from config.console import deeds, visiting
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
        sentence = _("You see its records in its own admin and change nothing. It ends by itself.")
        return deeds.shown(request, site, title, sentence, form, company, "../change/")

    return view


def _enter(request: HttpRequest, company: Company, typed: dict[str, Any]) -> HttpResponse:
    operator = operators.of(request)
    assert operator is not None
    lasts = datetime.timedelta(minutes=typed["minutes"])
    visit = operator_visits.begin(company, operator=operator, reason=typed["reason"], lasts=lasts)
    response = HttpResponseRedirect(visiting.path_of(company))
    visiting.set_cookie(response, visit)
    return response
