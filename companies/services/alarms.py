"""Alarms: set in the same transaction as what they watch, rung by whichever worker is free."""

import datetime
import logging
from collections.abc import Callable, Iterable, Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from companies.models import Alarm, Company

logger = logging.getLogger(__name__)

#: Looks at the true state; returns when to ring again, or None when there is nothing more to watch.
Handler = Callable[[str], datetime.datetime | None]

_handlers: dict[str, Handler] = {}
_LONGEST_PAUSE = datetime.timedelta(hours=1)


def handle(kind: str, handler: Handler) -> None:
    """Upper apps say in their apps.py who answers a kind of alarm."""
    _handlers[kind] = handler


def set_alarm(company: Company, kind: str, subject: str, due_at: datetime.datetime) -> None:
    """Ring at this time. One that is set already is never made later: its handler will see to that."""
    set_alarms(company, kind, [subject], due_at)


def set_alarms(company: Company, kind: str, subjects: Iterable[str], due_at: datetime.datetime) -> None:
    """The same for many subjects, with two statements."""
    wanted = sorted(subjects)
    alarms = [Alarm(company=company, kind=kind, subject=subject, due_at=due_at) for subject in wanted]
    Alarm.objects.bulk_create(alarms, ignore_conflicts=True)
    Alarm.objects.filter(company=company, kind=kind, subject__in=wanted, due_at__gt=due_at).update(
        due_at=due_at
    )


def set_each(company: Company, kind: str, due: Mapping[str, datetime.datetime]) -> None:
    """The same, with a time for each subject."""
    alarms = [
        Alarm(company=company, kind=kind, subject=subject, due_at=due[subject]) for subject in sorted(due)
    ]
    Alarm.objects.bulk_create(alarms, ignore_conflicts=True)
    later = [
        alarm
        for alarm in Alarm.objects.filter(company=company, kind=kind, subject__in=due)
        if alarm.due_at > due[alarm.subject]
    ]
    for alarm in later:
        alarm.due_at = due[alarm.subject]
    Alarm.objects.bulk_update(later, ["due_at"])


def ring_due() -> int:
    """Ring everything that is due; returns how many rang. Cost grows with what is due, nothing else."""
    rung = 0
    while _ring_next():
        rung += 1
    return rung


def _ring_next() -> bool:
    """Each in a transaction of its own, so that none keeps locks while others ring."""
    with transaction.atomic():
        alarm = Alarm.objects.due().lockable().select_related("company").order_by("due_at").first()
        if alarm is not None:
            _ring(alarm)
    return alarm is not None


def _ring(alarm: Alarm) -> None:
    try:
        with alarm.company.entered(), transaction.atomic():
            again_at = _handlers[alarm.kind](alarm.subject)
    except Exception:
        logger.exception("Alarm %s of company %s failed.", alarm.kind, alarm.company.company_id)
        again_at = timezone.now() + _pause(alarm.attempts)
        Alarm.objects.filter(pk=alarm.pk).update(attempts=F("attempts") + 1, due_at=again_at)
        return
    if again_at is None:
        alarm.delete()
    else:
        # Not before the next round, else it would ring in this one for ever.
        soonest = timezone.now() + datetime.timedelta(seconds=1)
        Alarm.objects.filter(pk=alarm.pk).update(due_at=max(again_at, soonest), attempts=0)


def _pause(attempts: int) -> datetime.timedelta:
    return min(datetime.timedelta(seconds=5 * 2 ** min(attempts, 10)), _LONGEST_PAUSE)
