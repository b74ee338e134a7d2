"""How the installation is, in sentences: stores, what is late, schemas, who guards the audit log."""

from collections.abc import Iterator
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.services import audit_owner
from companies import metrics
from companies.services import migrations
from config import readiness
from core.admin import Site

#: Seconds that an alarm may be late before that is told: they ring once a second.
_LATE = 10


class Check(NamedTuple):
    what: str | Promise
    is_well: bool
    sentence: str


def health(request: HttpRequest) -> HttpResponse:
    from config.console.operator_site import site

    return _shown(request, site)


def _shown(request: HttpRequest, site: Site) -> HttpResponse:
    facts = {"title": _("Health"), "checks": list(_checks())}
    return TemplateResponse(request, "console/health.html", {**site.each_context(request), **facts})


def _checks() -> Iterator[Check]:
    missing = readiness.missing()
    yield Check(_("Stores"), not missing, " ".join(missing) or _("Database and Valkey answer."))
    yield from _backlog()
    yield _audit_log()
    behind = len(migrations.companies_behind())
    yield Check(
        _("Schemas"),
        behind == 0,
        ngettext(
            "%(count)d company is behind: run manage.py migrate_companies.",
            "%(count)d companies are behind: run manage.py migrate_companies.",
            behind,
        )
        % {"count": behind}
        if behind
        else _("All companies’ schemas are up to date."),
    )


def _backlog() -> Iterator[Check]:
    found = metrics.figures()
    lag, due = found["alarm_lag_seconds"], int(found["alarms_due"])
    yield Check(
        _("Alarms"),
        lag < _LATE,
        _("%(due)d are due; the latest has waited %(lag)d s.") % {"due": due, "lag": lag},
    )
    yield Check(
        _("Mail"),
        not found["deliveries_failed"] and found["delivery_oldest_seconds"] < 600,
        _("%(pending)d wait, the oldest for %(oldest)d s; %(failed)d were given up.")
        % {
            "pending": found["deliveries_pending"],
            "oldest": found["delivery_oldest_seconds"],
            "failed": found["deliveries_failed"],
        },
    )


def _audit_log() -> Check:
    """Both ways keep it; which of them is a choice, and nothing is wrong with either."""
    owned, everything = audit_owner.protection()
    if owned == everything:
        sentence = _(
            "The database belongs to another role there: this application can add entries and nothing else."
        )
    elif owned:
        sentence = _(
            "%(owned)d of %(all)d audit logs belong to another role; in the others triggers refuse changes. "
            "Run manage.py audit_log guard again."
        ) % {"owned": owned, "all": everything}
    else:
        sentence = _(
            "Triggers refuse every change. They hold against mistakes; with a second role (PARLEY_OWNER_DATABASE_URL) "
            "the application could not remove them either."
        )
    return Check(_("Audit log"), owned in {0, everything}, sentence)
