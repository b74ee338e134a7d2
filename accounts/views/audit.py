import csv
import datetime
import json
import zoneinfo
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import audit_words
from accounts.access import AgentRequest, requires
from accounts.capabilities import Capability
from accounts.forms import fields
from accounts.forms.audit import AuditSearchForm
from accounts.models import AuditEntry
from accounts.models.audit_entry import AuditEntryQuerySet
from accounts.services import audit
from core.errors import Forbidden

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
    # All at once: when the answer is sent, one is no longer inside the company.
    rows = list(found.values_list(*_COLUMNS)[:_IN_A_FILE])
    audit.record("audit_log.exported", note=urlencode({"format": kind, **request.GET.dict()}))
    day = timezone.localdate().isoformat()
    types = {"json": "application/x-ndjson", "csv": "text/csv; charset=utf-8"}
    response = StreamingHttpResponse(_json(rows) if kind == "json" else _csv(rows), content_type=types[kind])
    response["Content-Disposition"] = f'attachment; filename="audit-log-{company_id}-{day}.{kind}"'
    return response


_COLUMNS = (
    "at", "by_kind", "by_pk", "by_name", "address", "action", "subject_kind", "subject_pk", "subject_name",
    "changes", "note",
)  # fmt: skip


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


def _json(rows: list[tuple[Any, ...]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(dict(zip(_COLUMNS, row, strict=True)), ensure_ascii=False, default=str) + "\n"


class _Echo:
    def write(self, line: str) -> str:
        return line


def _csv(rows: list[tuple[Any, ...]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # Without the mark, Excel takes Chinese for something else.
    yield "\ufeff" + writer.writerow(_COLUMNS)
    for row in rows:
        yield writer.writerow([_cell(value) for value in row])


def _cell(value: Any) -> str:
    """Words that a table would take for a formula are kept as words."""
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value or "")
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
