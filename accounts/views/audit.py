import datetime
import zoneinfo
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import audit_words
from accounts.access import AgentRequest, requires
from accounts.capabilities import Capability
from accounts.export_kinds import AUDIT_COLUMNS
from accounts.forms import fields
from accounts.forms.audit import AuditSearchForm
from accounts.models import AuditEntry
from accounts.models.audit_entry import AuditEntryQuerySet
from accounts.services import audit
from core import takeout
from core.errors import FilesUnderWay, Forbidden

_ON_A_PAGE = 50
_IN_A_FILE = 100_000


class Line(NamedTuple):
    """An entry as it is told."""

    entry: AuditEntry
    action: str
    subject: str
    changes: list[audit_words.Change]


@require_safe
@requires(Capability.READ_AUDIT_LOG)
def index(request: AgentRequest, company_id: int) -> HttpResponse:
    """Who changed what, newest first, a page at a time."""
    form = AuditSearchForm(request.GET)
    found = _found(form, request.company.zone) if form.is_valid() else AuditEntry.objects.none()
    rest = _after(found, request.GET.get("after", ""))
    entries = list(rest[: _ON_A_PAGE + 1])
    shown = entries[:_ON_A_PAGE]
    asked = {name: value for name, value in request.GET.items() if name in form.fields and value}
    facts = {
        "form": form,
        "lines": list(map(_line, shown)),
        "asked": urlencode(asked),
        "older": urlencode({**asked, "after": _place_of(shown[-1])}) if len(entries) > len(shown) else "",
        "is_first": rest is found,
        "zone": request.company.zone,
        "in_a_file": _IN_A_FILE,
    }
    return render(request, "accounts/audit/index.html", facts)


@require_POST
@requires(Capability.READ_AUDIT_LOG)
def export(request: AgentRequest, company_id: int) -> HttpResponseBase:
    """What was looked for, as a file: CSV, or JSON lines with `format=json`."""
    if not request.user.can(Capability.EXPORT):
        raise PermissionDenied(Forbidden().message)
    form = AuditSearchForm(request.GET)
    found = _found(form, request.company.zone) if form.is_valid() else AuditEntry.objects.none()
    kind = "json" if request.POST.get("format") == "json" else "csv"

    def make() -> Iterator[str]:
        # All at once: when the answer is sent, one is no longer inside the company.
        rows = list(found.values_list(*AUDIT_COLUMNS)[:_IN_A_FILE])
        audit.record("audit_log.exported", note=urlencode({"format": kind, **request.GET.dict()}))
        return takeout.text(kind, AUDIT_COLUMNS, [rows])

    try:
        return takeout.response(request, f"audit-log-{company_id}-{timezone.localdate()}", kind, make)
    except FilesUnderWay as trouble:
        messages.error(request, trouble.message)
        return redirect("accounts:audit", company_id)


def _found(form: AuditSearchForm, zone: zoneinfo.ZoneInfo) -> AuditEntryQuerySet:
    asked = form.cleaned_data
    found = AuditEntry.objects.newest_first().with_words(asked["q"])
    if asked["action"]:
        found = found.filter(action=asked["action"])
    if asked["since"]:
        found = found.filter(at__gte=_midnight(asked["since"], zone))
    if asked["until"]:
        found = found.filter(at__lt=_midnight(asked["until"] + datetime.timedelta(days=1), zone))
    return found


def _midnight(day: datetime.date, zone: zoneinfo.ZoneInfo) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), zone)


def _place_of(entry: AuditEntry) -> str:
    return f"{entry.at.isoformat()}_{entry.pk}"


def _after(found: AuditEntryQuerySet, place: str) -> AuditEntryQuerySet:
    """The rest behind an entry; all of it where the place makes no sense."""
    at, _separator, last = place.rpartition("_")
    pk = fields.number(last)
    try:
        # The database knows moments that Python cannot tell in another zone.
        return (
            found
            if pk is None
            else found.before(datetime.datetime.fromisoformat(at).astimezone(datetime.UTC), pk)
        )
    except (ValueError, OverflowError):
        return found


def _line(entry: AuditEntry) -> Line:
    changes = list(audit_words.changes_of(entry))
    return Line(entry, audit_words.of_action(entry.action), audit_words.subject_of(entry), changes)
