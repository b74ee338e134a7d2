"""Visits after they were written: those that ended lately, one visitor's, and those that nobody ended."""

import datetime
import uuid

from django.db.models import F
from django.utils import timezone

from companies.models import Company
from companies.services import alarms
from core.errors import NotFound
from widgets.models import PAUSE, Visit, Visitor

CLOSE_ALARM = "visits.close"
CLOSE_EVERY = datetime.timedelta(hours=1)


def watch(company: Company) -> None:
    """See to it that visits begun now are closed one day, whatever becomes of the process that saw them."""
    alarms.set_alarm(company, CLOSE_ALARM, "", timezone.now() + CLOSE_EVERY)


def close_lost(subject: str) -> datetime.datetime | None:
    """End the visits whose visitors nobody has seen for so long; look again while any is open."""
    Visit.objects.lost().update(ended_at=F("last_seen_at"))
    return timezone.now() + PAUSE if Visit.objects.open().exists() else None


def known(visitor_id: uuid.UUID) -> Visitor:
    visitor = Visitor.objects.filter(pk=visitor_id).first()
    if visitor is None:
        raise NotFound
    return visitor


def newest(visitor: Visitor, *, most: int) -> list[Visit]:
    return list(visitor.visits_made.newest_first()[:most])
