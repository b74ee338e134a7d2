"""How many invitations may leave: each is a mail to whom one likes, in the name of this installation."""

import datetime

from django.utils import timezone

from accounts import errors, words
from companies.models import Company
from core.errors import DomainError
from core.models import Tally

PERIOD = datetime.timedelta(days=1)
#: A company that has not confirmed its own address may be anybody.
MOST_UNCONFIRMED = 20
MOST = 1000
MOST_TO_ONE_ADDRESS = 5


def count(company: Company, email: str) -> None:
    """Count one more, in the transaction that sends it; raises when there were enough within a day."""
    most = MOST if company.is_confirmed else MOST_UNCONFIRMED
    _count(f"invitations by {company.company_id}", most, errors.TooManyInvitations)
    # Of all companies together, so that nobody is flooded by opening more of them.
    _count(f"invitations to {email.lower()}"[:200], MOST_TO_ONE_ADDRESS, errors.InvitedTooOften, email=email)


def _count(key: str, most: int, refusal: type[DomainError], **facts: str) -> None:
    now = timezone.now()
    tally, _ = Tally.objects.select_for_update().get_or_create(key=key, defaults={"last_at": now})
    if tally.last_at + PERIOD <= now:
        tally.count, tally.last_at = 0, now
    if tally.count >= most:
        seconds = (tally.last_at + PERIOD - now).total_seconds()
        raise refusal(wait=words.duration(seconds), **facts)
    tally.count += 1
    tally.save()
