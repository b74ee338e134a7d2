"""How often something may happen within a time."""

import datetime

from django.utils import timezone

from accounts import words
from core.errors import DomainError
from core.models import Tally


def count(
    key: str, *, most: int, within: datetime.timedelta, refusal: type[DomainError], **facts: object
) -> None:
    """Count one more, in a transaction; raises the refusal, which says `most` and how long to `wait`, when there were
    enough."""
    now = timezone.now()
    tally, _ = Tally.objects.select_for_update().get_or_create(key=key[:200], defaults={"last_at": now})
    if tally.last_at + within <= now:
        tally.count, tally.last_at = 0, now
    if tally.count >= most:
        seconds = (tally.last_at + within - now).total_seconds()
        raise refusal(wait=words.duration(seconds), seconds=seconds, most=str(most), **facts)
    tally.count += 1
    tally.save()
