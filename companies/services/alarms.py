"""Alarms: set in the same transaction as what they watch, rung by whichever worker is free."""

import datetime
import logging
from collections.abc import Callable, Iterable, Mapping

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from companies.models import Alarm, Company

logger = logging.getLogger(__name__)

#: Looks at the true state; returns when to ring again, or None when there is nothing more to watch.
Handler = Callable[[str], datetime.datetime | None]

_handlers: dict[str, Handler] = {}
_LONGEST_PAUSE = datetime.timedelta(hours=1)
#: When a worker dies over one, it rings again after so long.
_RINGS_FOR = datetime.timedelta(seconds=10)

# One statement: to look first and then write is too late where the alarm rings and is deleted in between.
_SET = """
INSERT INTO companies_alarm AS alarm (company_id, kind, subject, due_at, attempts)
SELECT %s, %s, subject, due_at, 0
FROM unnest(%s::text[], %s::timestamptz[]) AS wanted (subject, due_at)
ON CONFLICT ON CONSTRAINT one_alarm_per_subject DO UPDATE
SET due_at = least(alarm.due_at, excluded.due_at), is_ringing = false
WHERE alarm.is_ringing OR alarm.due_at > excluded.due_at
"""


def handle(kind: str, handler: Handler) -> None:
    """Upper apps say in their apps.py who answers a kind of alarm."""
    _handlers[kind] = handler


def set_alarm(company: Company, kind: str, subject: str, due_at: datetime.datetime) -> None:
    """Ring at this time. One that is set already is never made later: its handler will see to that."""
    set_alarms(company, kind, [subject], due_at)


def set_alarms(company: Company, kind: str, subjects: Iterable[str], due_at: datetime.datetime) -> None:
    """The same for many subjects."""
    set_each(company, kind, dict.fromkeys(subjects, due_at))


def set_each(company: Company, kind: str, due: Mapping[str, datetime.datetime]) -> None:
    """The same, with a time for each subject."""
    subjects = sorted(due)
    with connection.cursor() as cursor:
        cursor.execute(_SET, [company.pk, kind, subjects, [due[subject] for subject in subjects]])


def ring_due() -> int:
    """Ring everything that is due; returns how many rang. Cost grows with what is due, nothing else."""
    rung = 0
    while _ring_next():
        rung += 1
    return rung


def _ring_next() -> bool:
    alarm = _take()
    if alarm is not None:
        _ring(alarm)
    return alarm is not None


@transaction.atomic
def _take() -> Alarm | None:
    """Committed before it rings: its handler waits for locks of whoever, holding them, may want to set it."""
    alarm = Alarm.objects.due().lockable().select_related("company").order_by("due_at").first()
    if alarm is not None:
        alarm.is_ringing, alarm.due_at = True, timezone.now() + _RINGS_FOR
        alarm.save(update_fields=["is_ringing", "due_at"])
    return alarm


def _ring(alarm: Alarm) -> None:
    # One that was set meanwhile stays as it was set.
    taken = Alarm.objects.filter(pk=alarm.pk, is_ringing=True, due_at=alarm.due_at)
    try:
        with alarm.company.entered(), transaction.atomic():
            again_at = _handlers[alarm.kind](alarm.subject)
    except Exception:
        logger.exception("Alarm %s of company %s failed.", alarm.kind, alarm.company.company_id)
        again_at = timezone.now() + _pause(alarm.attempts)
        taken.update(attempts=F("attempts") + 1, due_at=again_at, is_ringing=False)
        return
    if again_at is None:
        taken.delete()
    else:
        # Not before the next round, else it would ring in this one for ever.
        soonest = timezone.now() + datetime.timedelta(seconds=1)
        taken.update(due_at=max(again_at, soonest), attempts=0, is_ringing=False)


def _pause(attempts: int) -> datetime.timedelta:
    return min(datetime.timedelta(seconds=5 * 2 ** min(attempts, 10)), _LONGEST_PAUSE)
