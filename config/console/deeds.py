"""A page for one deed upon a company: what it does in a sentence, a form, a button."""

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from accounts.forms.fields import foreseeable
from companies.models import Company, Plan
from companies.models.company import GRACE
from companies.services import plans
from core.admin import Site
from core.errors import DomainError

Words = str | Promise


class Reason(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=widgets.UnfoldAdminTextareaWidget())


class Nothing(forms.Form):
    """Only a button."""


class EndOfDay(forms.DateField):
    """A day; as a moment its last one, where the operator is."""

    default_validators = [foreseeable]
    widget = widgets.UnfoldAdminTextInputWidget(attrs={"type": "date"})

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        last = datetime.time(23, 59, 59)
        return None if day is None else timezone.make_aware(datetime.datetime.combine(day, last))


class ChoosePlan(forms.Form):
    plan = forms.ModelChoiceField(Plan.objects.all(), label=_("Plan"), widget=widgets.UnfoldAdminSelectWidget)
    paid_until = EndOfDay(
        label=_("Paid until the end of"),
        required=False,
        help_text=_("Empty: for as long as the company has the plan."),
    )


class PaidUntil(forms.Form):
    paid_until = EndOfDay(
        label=_("Paid until the end of"),
        required=False,
        help_text=_("Empty: for as long as the company has the plan."),
    )


class Until(forms.Form):
    until = EndOfDay(label=_("Until the end of"))


class OwnLimits(forms.Form):
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=100_000)
    conversations = forms.IntegerField(label=_("Conversations at a time"), min_value=0, max_value=1_000_000)
    storage_bytes = forms.IntegerField(label=_("Storage, bytes"), min_value=0, max_value=2**62)
    retention_days = forms.IntegerField(label=_("Retention, days"), min_value=1, max_value=36_500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
            field.help_text = _("Empty: as its plan says.")
            field.widget = widgets.UnfoldAdminIntegerFieldWidget()


class Deed(NamedTuple):
    """What an operator may do with a company. `do` calls one service; `is_for` says whether it makes sense now."""

    name: str
    title: Words
    sentence: Words
    done: Words
    form: type[forms.Form]
    do: Callable[[Company, dict[str, Any]], object]
    is_for: Callable[[Company], bool] = lambda company: True
    begins_with: Callable[[Company], dict[str, Any]] = lambda company: {}


DEEDS = (
    Deed(
        "plan",
        _("Change plan"),
        _("The plan holds at once and ends a trial. What the company uses beyond it stays; more is refused."),
        _("The plan was changed."),
        ChoosePlan,
        lambda company, typed: plans.change(company, to=typed["plan"], paid_until=typed["paid_until"]),
        begins_with=lambda company: {"plan": company.plan_id, "paid_until": company.paid_until},
    ),
    Deed(
        "paid",
        _("Set paid until"),
        format_lazy(
            _(
                "The company keeps its plan until the end of that day. Everything keeps working for {days} days more, "
                "which its administrators read on every page; then it closes."
            ),
            days=GRACE.days,
        ),
        _("What is paid was noted."),
        PaidUntil,
        lambda company, typed: plans.set_paid_until(company, typed["paid_until"]),
        is_for=lambda company: company.trial_ends_at is None,
        begins_with=lambda company: {"paid_until": company.paid_until},
    ),
    Deed(
        "limits",
        _("Change limits"),
        _("Limits of the company’s own, beside its plan."),
        _("The limits were changed."),
        OwnLimits,
        lambda company, typed: plans.set_limits(company, **typed),
        begins_with=lambda company: {
            "seats": company.own_seats,
            "conversations": company.own_conversations,
            "storage_bytes": company.own_storage_bytes,
            "retention_days": company.own_retention_days,
        },
    ),
    Deed(
        "trial",
        _("Extend trial"),
        _("The company goes on trying its plan until the end of that day."),
        _("The trial was extended."),
        Until,
        lambda company, typed: plans.extend_trial(company, until=typed["until"]),
        is_for=lambda company: company.trial_ends_at is not None,
    ),
    Deed(
        "suspend",
        _("Suspend"),
        _(
            "Its agents can only see why, from this moment on; its websites show it as offline. Nothing is deleted."
        ),
        _("The company is suspended."),
        Reason,
        lambda company, typed: plans.suspend(company, reason=typed["reason"]),
        is_for=lambda company: company.suspended_at is None,
    ),
    Deed(
        "resume",
        _("Resume"),
        _("Everything comes back at once, as if the company had never been suspended."),
        _("The company goes on."),
        Nothing,
        lambda company, typed: plans.resume(company),
        is_for=lambda company: company.suspended_at is not None,
    ),
)


def page(site: Site, deed: Deed) -> Callable[[HttpRequest, int], HttpResponse]:
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        company = get_object_or_404(Company, pk=pk)
        back = reverse("admin:companies_company_change", args=[pk], current_app=site.name)
        form = deed.form(
            request.POST if request.method == "POST" else None, initial=deed.begins_with(company)
        )
        if request.method == "POST" and form.is_valid() and _done(request, deed, company, form):
            return HttpResponseRedirect(back)
        return shown(request, site, deed.title, deed.sentence, form, company, back)

    return view


def shown(
    request: HttpRequest,
    site: Site,
    title: Words,
    sentence: Words,
    form: forms.Form,
    company: Company,
    back: str,
) -> HttpResponse:
    facts = {
        "title": f"{company}: {title}",
        "button": title,
        "sentence": sentence,
        "form": form,
        "back": back,
    }
    return TemplateResponse(request, "console/deed.html", {**site.each_context(request), **facts})


def _done(request: HttpRequest, deed: Deed, company: Company, form: forms.Form) -> bool:
    try:
        deed.do(company, form.cleaned_data)
    except DomainError as trouble:
        form.add_error(trouble.field if trouble.field in form.fields else None, trouble.message)
        return False
    messages.success(request, str(deed.done))
    return True
