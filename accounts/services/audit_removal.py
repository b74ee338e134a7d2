"""The only ways in which anything leaves the audit log: each is an entry itself, in the same transaction."""

import datetime

from django.db import connection, transaction
from django.db.models import Q

from accounts.models import Agent, AuditEntry
from accounts.services import audit

#: What stands where a name was.
ERASED = "–"


@transaction.atomic
def shorten(before: datetime.datetime) -> int:
    """Remove what is older; returns how many entries."""
    old = AuditEntry.objects.filter(at__lt=before)
    _open_guard()
    count, _ = old.delete()
    _close_guard()
    audit.record("audit_log.shortened", note=f"{count} < {before.isoformat()}")
    return count


@transaction.atomic
def forget(agent: Agent) -> int:
    """Take a person's name and address out of all entries by them or about them; returns how many.

    What they did stays, under their number.
    """
    by_them = Q(by_kind=AuditEntry.Kind.AGENT, by_pk=agent.pk)
    about_them = Q(subject_kind="agent", subject_pk=str(agent.pk))
    _open_guard()
    count = AuditEntry.objects.filter(by_them).update(by_name=ERASED, address=None)
    count += AuditEntry.objects.filter(about_them).update(subject_name=ERASED, changes={}, note="")
    _close_guard()
    audit.record("audit_log.person_erased", note=str(agent.pk))
    return count


def _open_guard() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL parley.audit_removal = 'on'")


def _close_guard() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL parley.audit_removal = 'off'")
