import contextlib
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import errors
from accounts.access import AgentRequest, requires, signed_in
from accounts.capabilities import Capability
from accounts.forms import fields
from accounts.forms import notices as forms
from accounts.models import Agent, Notice
from accounts.services import notices
from core.errors import DomainError, NotFound

_ON_A_PAGE = 50


@require_safe
@signed_in
def index(request: AgentRequest, company_id: int) -> HttpResponse:
    """What is meant for me: shown now, then earlier."""
    mine = Notice.objects.to(request.user).with_readings(request.user).select_related("author").newest_first()
    facts = {
        "current": mine.current(),
        "earlier": Paginator(mine.ended(), _ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "accounts/notices/index.html", facts)


@require_safe
@requires(Capability.PUBLISH_NOTICES)
def everything(request: AgentRequest, company_id: int) -> HttpResponse:
    """The history: every notice, and how many have read it as it is now."""
    found = (
        Notice.objects.existing().select_related("author").newest_first().prefetch_related("groups", "agents")
    )
    read = Count("readings", filter=Q(readings__version=F("version")))
    page = Paginator(found.annotate(read=read), _ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/notices/all.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.PUBLISH_NOTICES)
def new(request: AgentRequest, company_id: int) -> HttpResponse:
    form = forms.NoticeForm(request.POST or None, zone=request.company.time_zone, initial=_preset(request))
    if form.is_valid():
        try:
            notice = notices.publish(form.words, by=request.user)
        except DomainError as error:
            _complain(form, error)
        else:
            messages.success(request, _said(notice))
            return redirect("accounts:notice", company_id, notice.pk)
    return render(request, "accounts/notices/form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.PUBLISH_NOTICES)
def edit(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice.objects.existing().filter(withdrawn_at=None), pk=pk)
    form = forms.NoticeForm(request.POST or None, zone=request.company.time_zone, initial=forms.of(notice))
    if form.is_valid():
        try:
            seen = form.cleaned_data["version"] or 0
            notice = notices.edit(notice, form.words, seen=seen, by=request.user)
        except DomainError as error:
            _complain(form, error)
        else:
            messages.success(request, _said(notice))
            return redirect("accounts:notice", company_id, notice.pk)
    return render(request, "accounts/notices/form.html", {"form": form, "notice": notice})


@require_safe
@requires(Capability.PUBLISH_NOTICES)
def notice(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    """One notice: who has read it and when, who has not, and how it stood before."""
    found = get_object_or_404(Notice.objects.existing().select_related("author"), pk=pk)
    readings = found.readings.filter(version=found.version).select_related("agent").order_by("read_at")
    facts = {
        "notice": found,
        "readings": readings,
        "not_yet": found.recipients.exclude(pk__in=readings.values("agent")).order_by("name", "pk"),
        "editions": found.editions.select_related("edited_by").order_by("-version"),
    }
    return render(request, "accounts/notices/notice.html", facts)


@require_POST
@requires(Capability.PUBLISH_NOTICES)
def withdraw(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    notices.withdraw(get_object_or_404(Notice.objects.existing(), pk=pk))
    messages.success(request, _("Withdrawn: nobody sees it any more."))
    return redirect("accounts:notice", company_id, pk)


@require_POST
@requires(Capability.PUBLISH_NOTICES)
def delete(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    notices.delete(get_object_or_404(Notice.objects.existing(), pk=pk))
    messages.success(request, _("Deleted."))
    return redirect("accounts:notices-all", company_id)


@require_POST
@signed_in
def read(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    found = get_object_or_404(Notice.objects.existing().to(request.user), pk=pk)
    seen = fields.number(request.POST.get("version", ""))
    # Withdrawn or edited a moment ago: the list says how it is now.
    with contextlib.suppress(NotFound):
        notices.read(pk, version=found.version if seen is None else seen, by=request.user)
    return redirect("accounts:notices", company_id)


def _complain(form: forms.NoticeForm, error: DomainError) -> None:
    """What was typed stays; having been told of the other editor, one may save it."""
    if isinstance(error, errors.ChangedMeanwhile):
        assert isinstance(form.data, QueryDict)
        typed = form.data.copy()
        typed["version"] = str(error.facts["version"])
        form.data = typed
    form.add_error(error.field, error.message)


def _preset(request: AgentRequest) -> dict[str, Any]:
    """`?agent=<pk>`: to this agent alone."""
    wanted = fields.number(request.GET.get("agent", ""))
    if wanted is None or not Agent.objects.active().filter(pk=wanted).exists():
        return {}
    return {"audience": Notice.Audience.AGENTS, "agents": [wanted]}


def _said(notice: Notice) -> str:
    if notice.is_shown:
        return _("Published: everybody it is meant for sees it now.")
    return _("Saved. It is shown as soon as its time has come.")
