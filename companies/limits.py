"""What a company may have of each thing, how much of it is used, and what is left. One definition per figure.

How a figure is counted, the app above that has the rows says in its `apps.py`.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from companies import errors
from companies.models import Company
from core.tenancy import context

#: From this share on it is said that a limit is near.
NEAR = 0.8


class Limit(models.TextChoices):
    SEATS = "seats", _("Seats")
    CONVERSATIONS = "conversations", _("Conversations at a time")
    STORAGE = "storage_bytes", _("Storage")
    RETENTION = "retention_days", _("Retention")


class Figure(NamedTuple):
    """One limit of a company: at most so many (None: any number), so many used."""

    limit: Limit
    most: int | None
    used: int

    @property
    def share(self) -> float:
        """Of a limit of nothing, everything is used."""
        if self.most is None:
            return 0.0
        return self.used / self.most if self.most else 1.0

    @property
    def is_near(self) -> bool:
        return self.share >= NEAR

    @property
    def is_met(self) -> bool:
        return self.share >= 1

    @property
    def percent(self) -> int:
        return min(100, int(self.share * 100))


_counters: dict[Limit, list[Callable[[], int]]] = defaultdict(list)


def count(limit: Limit, counter: Callable[[], int]) -> None:
    """Say how much of it the company one is in uses; of several counters the sum is taken."""
    _counters[limit].append(counter)


def most(company: Company, limit: Limit) -> int | None:
    """As the company's own limit says, else its plan; None: any number."""
    own: int | None = getattr(company, f"own_{limit.value}")
    if own is not None or company.plan is None:
        return own
    of_plan: int | None = getattr(company.plan, limit.value)
    return of_plan


def used(limit: Limit) -> int:
    """In the company one is in, now."""
    return sum(counter() for counter in _counters[limit])


def figure(company: Company, limit: Limit) -> Figure:
    """Counted inside the company, wherever one is."""
    with company.entered():
        return Figure(limit, most(company, limit), used(limit))


def take(limit: Limit, amount: int = 1) -> None:
    """Make sure that the company one is in may have so much more of it; call it before the row is written.

    Others who want some wait until the transaction ends, so two at once cannot both have the last one.
    """
    company = Company.objects.select_related("plan").get(schema_name=context.schema())
    room = most(company, limit)
    if room is None:
        return
    _in_turn(limit)
    if used(limit) + amount > room:
        raise _REACHED[limit](plan=company.plan, limit=room)


def take_seat() -> None:
    """One more agent who may sign in."""
    take(Limit.SEATS)


def _in_turn(limit: Limit) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{context.schema()}:limit:{limit}"])


_REACHED = {
    Limit.SEATS: errors.NoSeatLeft,
    Limit.CONVERSATIONS: errors.NoConversationLeft,
    Limit.STORAGE: errors.NoStorageLeft,
}
