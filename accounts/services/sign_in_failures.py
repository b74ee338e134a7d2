"""Slows down who guesses passwords, then locks: per account, and per address with a wider bound.

Accounts are counted as typed, whether they exist or not, so the answers tell nothing about that.
See docs/decisions/0006-sign-in-lock.md.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import addresses, errors, words
from core.errors import DomainError
from core.models import Tally

LOCKED_FOR = datetime.timedelta(minutes=15)
_NO_TIME = datetime.timedelta()


@dataclass(frozen=True)
class Bound:
    """How many failures there may be before one has to wait, and before all is locked."""

    slow_from: int
    lock_at: int

    def pause_after(self, failures: int) -> datetime.timedelta:
        if failures >= self.lock_at:
            return LOCKED_FOR
        if failures < self.slow_from:
            return _NO_TIME
        return datetime.timedelta(seconds=2 ** (failures - self.slow_from + 1))


ACCOUNT = Bound(slow_from=3, lock_at=10)
#: Wide, since an office may share one address.
ADDRESS = Bound(slow_from=50, lock_at=50)


def count(account: str, address: str) -> None:
    """Count an attempt as failed until it turns out well: many at once are then as slow as one by one."""
    _forget_old()
    with transaction.atomic():
        _count(_address_key(address), ADDRESS)
        _count(_account_key(account), ACCOUNT)


def forgive(account: str, address: str) -> None:
    """It turned out well: the account starts afresh, the address has one failure less."""
    Tally.objects.filter(key=_account_key(account)).delete()
    Tally.objects.filter(key=_address_key(address), count__gt=0).update(count=F("count") - 1)


def answer(account: str) -> DomainError:
    """What to tell somebody whose attempt has just failed."""
    tally = Tally.objects.filter(key=_account_key(account)).first()
    failures = tally.count if tally else 0
    pause = ACCOUNT.pause_after(failures)
    if not pause:
        return errors.SignInFailed()
    kind = errors.Locked if failures >= ACCOUNT.lock_at else errors.SignInFailedAgain
    return _told(kind, pause)


def _count(key: str, bound: Bound) -> None:
    now = timezone.now()
    tally, _ = Tally.objects.select_for_update().get_or_create(key=key, defaults={"last_at": now})
    if tally.last_at + LOCKED_FOR <= now:
        tally.count = 0
    wait = tally.last_at + bound.pause_after(tally.count) - now
    if wait > _NO_TIME:
        raise _told(errors.Locked if tally.count >= bound.lock_at else errors.SlowedDown, wait)
    tally.count += 1
    tally.last_at = now
    tally.save()


def _told(kind: type[DomainError], wait: datetime.timedelta) -> DomainError:
    seconds = wait.total_seconds()
    return kind(wait=words.duration(seconds), seconds=seconds)


@transaction.atomic
def _forget_old() -> None:
    old = Tally.objects.filter(key__startswith="sign-in ").untouched_for(LOCKED_FOR)
    Tally.objects.filter(pk__in=old.lockable().values("pk")[:100]).delete()


def _account_key(account: str) -> str:
    return f"sign-in as {account}"[:200]


def _address_key(address: str) -> str:
    return f"sign-in from {addresses.network(address)}"[:200]
