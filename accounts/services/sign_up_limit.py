"""How many companies may be opened from one address: each makes a schema and sends a mail to whom one likes."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts import addresses, errors, words
from core.models import Tally

PERIOD = datetime.timedelta(hours=1)
#: Wide, since an office or a school may share one address.
MOST = 50


@transaction.atomic
def count(address: str) -> None:
    """Count one more; raises TooManyCompanies when there were enough within the hour."""
    now = timezone.now()
    key = f"sign-up from {addresses.network(address)}"[:200]
    tally, _ = Tally.objects.select_for_update().get_or_create(key=key, defaults={"last_at": now})
    if tally.last_at + PERIOD <= now:
        tally.count, tally.last_at = 0, now
    if tally.count >= MOST:
        seconds = (tally.last_at + PERIOD - now).total_seconds()
        raise errors.TooManyCompanies(wait=words.duration(seconds), seconds=seconds)
    tally.count += 1
    tally.save()
