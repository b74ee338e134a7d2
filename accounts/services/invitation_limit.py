"""How many invitations may leave: each is a mail to whom one likes, in the name of this installation."""

import datetime
import hashlib

from accounts import errors
from accounts.services import bounds
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
    by_company = f"invitations by {company.company_id}"
    if company.is_confirmed:
        _count(by_company, MOST, errors.TooManyInvitations)
    else:
        _count(by_company, MOST_UNCONFIRMED, errors.TooManyUntilConfirmed)
    # Of all companies together, so that nobody is flooded by opening more of them.
    _count(_key_of(email), MOST_TO_ONE_ADDRESS, errors.InvitedTooOften, email=email)
    _forget_old()


def _key_of(email: str) -> str:
    """Who was invited is the company's own affair: the public schema knows a digest."""
    return f"invitations to {hashlib.sha256(email.lower().encode()).hexdigest()}"


def _forget_old() -> None:
    old = Tally.objects.filter(key__startswith="invitations ").untouched_for(PERIOD)
    Tally.objects.filter(pk__in=old.lockable().values("pk")[:100]).delete()


def _count(key: str, bound: int, refusal: type[DomainError], **facts: str) -> None:
    bounds.count(key, most=bound, within=PERIOD, refusal=refusal, **facts)
