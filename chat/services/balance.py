"""The balance of a company's messages: what was promised compared with what is there, and zero shown, not claimed.

Three sources that know nothing of one another: the tallies of the processes that answered (`chat.tallies`), the
log's rows, and how far each browser says it is (marks, and the number from which it asks to go on).
"""

import datetime
import logging
import uuid
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Count, F, Max, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from chat.models import BalanceCheck, Conversation, Tally
from companies.models import Company
from core.tenancy import context

logger = logging.getLogger(__name__)

DAYS = 30
#: Conversations compared in one statement, and the most of them while somebody waits for the page.
AT_ONCE = 2_000
MOST = 10_000
#: Whoever answers requests for a conversation, whichever process it is.
SERVICES = uuid.UUID(int=0)
FIGURES = (
    "sent",
    "acknowledged",
    "stored",
    "delivered",
    "seen",
    "repeated",
    "uncounted",
    "lost",
    "doubled",
    "out_of_order",
    "ahead",
)

# Conversations whose log, marks or tallies have changed since they were compared; each at the cost of its own log.
_COMPARE = """
WITH counted AS (
    SELECT c.id, coalesce(sum(t.batch) + count(t.id), 0) AS counted, coalesce(sum(t.sent), 0) AS sent,
        coalesce(sum(t.acknowledged), 0) AS acknowledged, coalesce(sum(t.repeated), 0) AS repeated,
        coalesce(sum(t.out_of_order), 0) AS out_of_order, coalesce(max(t.highest), 0) AS highest,
        coalesce(max(t.held), 0) AS held
    FROM chat_conversation c LEFT JOIN chat_tally t ON t.conversation_id = c.id
    WHERE {which}
    GROUP BY c.id
), due AS (
    SELECT c.*, n.counted, n.sent, n.acknowledged, n.repeated, n.out_of_order, n.highest, n.held,
        c.visitor_delivered::bigint + c.visitor_read + c.agent_delivered + c.agent_read AS marks
    FROM counted n JOIN chat_conversation c ON c.id = n.id
    LEFT JOIN chat_balancecheck b ON b.conversation_id = c.id
    WHERE (b.last_number, b.counted, b.marks) IS DISTINCT FROM (c.last_number, n.counted,
        c.visitor_delivered::bigint + c.visitor_read + c.agent_delivered + c.agent_read)
    ORDER BY c.id LIMIT %(limit)s
), found AS (
    SELECT d.*, e.* FROM due d CROSS JOIN LATERAL (
        SELECT count(*) AS entries, coalesce(max(number), 0) AS newest,
            count(*) FILTER (WHERE kind = 'text') AS stored,
            count(*) FILTER (WHERE kind = 'text' AND number <=
                CASE side WHEN 'visitor' THEN d.agent_delivered ELSE d.visitor_delivered END) AS delivered,
            count(*) FILTER (WHERE kind = 'text' AND number <=
                CASE side WHEN 'visitor' THEN d.agent_read ELSE d.visitor_read END) AS seen,
            count(client_id) - count(DISTINCT client_id) AS doubled
        FROM chat_entry WHERE conversation_id = d.id
    ) e
)
INSERT INTO chat_balancecheck (conversation_id, checked_at, last_number, marks, counted, sent, acknowledged,
    repeated, stored, delivered, seen, uncounted, lost, doubled, out_of_order, ahead)
SELECT id, now(), last_number, marks, counted, sent, acknowledged, repeated, stored, delivered, seen,
    greatest(0, stored - acknowledged),
    greatest(0, greatest(last_number, newest, highest) - entries, acknowledged - stored),
    doubled, out_of_order, greatest(0, held - newest)
FROM found ORDER BY id
ON CONFLICT (conversation_id) DO UPDATE SET
    checked_at = excluded.checked_at, last_number = excluded.last_number, marks = excluded.marks,
    counted = excluded.counted, sent = excluded.sent, acknowledged = excluded.acknowledged,
    repeated = excluded.repeated, stored = excluded.stored, delivered = excluded.delivered, seen = excluded.seen,
    uncounted = excluded.uncounted, lost = excluded.lost, doubled = excluded.doubled,
    out_of_order = excluded.out_of_order, ahead = excluded.ahead
RETURNING conversation_id, lost, doubled, out_of_order
"""
_SINCE = _COMPARE.format(which="c.requested_at >= %(since)s")
_THESE = _COMPARE.format(which="c.id = ANY (%(ids)s)")


class Day(NamedTuple):
    """The figures of the conversations that began on one day, in the company's time zone."""

    date: datetime.date
    conversations: int
    figures: dict[str, int]

    @property
    def has_trouble(self) -> bool:
        return any(self.figures[name] for name in ("lost", "doubled", "out_of_order", "ahead"))


class Balance(NamedTuple):
    """What the page shows."""

    days: list[Day]
    total: Day
    #: When a conversation was compared last; None where there is none.
    checked_at: datetime.datetime | None
    #: Conversations that have changed and were not reached.
    is_complete: bool
    troubled: list[BalanceCheck]


def current(company: Company) -> Balance:
    """Compare what has changed, then add up: the figures are as of now."""
    is_complete = _compare_since(_since(company))
    found = as_compared(company)
    return found._replace(checked_at=timezone.now() if found.days else None, is_complete=is_complete)


def as_compared(company: Company) -> Balance:
    """Add up what was compared before, and write nothing."""
    checks = BalanceCheck.objects.filter(conversation__requested_at__gte=_since(company))
    days = _days(checks.annotate(date=TruncDate("conversation__requested_at", tzinfo=company.zone)))
    return Balance(
        days=days,
        total=_total(_today(company), days),
        checked_at=checks.aggregate(newest=Max("checked_at"))["newest"],
        is_complete=True,
        troubled=list(checks.with_trouble().select_related("conversation__visitor").order_by("-pk")[:50]),
    )


def _today(company: Company) -> datetime.date:
    return timezone.now().astimezone(company.zone).date()


def _since(company: Company) -> datetime.datetime:
    day = _today(company) - datetime.timedelta(days=DAYS)
    return datetime.datetime.combine(day, datetime.time(), company.zone)


def compare(conversation_ids: Collection[int]) -> None:
    """Compare these now; trouble is told to whoever runs the installation, too."""
    with connection.cursor() as cursor:
        cursor.execute(_THESE, {"ids": list(conversation_ids), "limit": AT_ONCE})
        for key, lost, doubled, out_of_order in cursor.fetchall():
            if lost or doubled or out_of_order:
                found = (context.schema(), key, lost, doubled, out_of_order)
                logger.error("%s, conversation %d: %d lost, %d doubled, %d out of order.", *found)


def compare_once_committed(conversation: Conversation) -> None:
    place = context.place()

    def compare_it() -> None:
        with context.entered(place.schema, place.tenant):
            compare([conversation.pk])

    transaction.on_commit(compare_it, robust=True)


def count_once_committed(conversation: Conversation) -> None:
    """Words that a service has stored, with the conversation they ask for, and will now acknowledge."""
    place, number = context.place(), conversation.last_number

    def count() -> None:
        with context.entered(place.schema, place.tenant):
            _count(conversation.pk, number)

    transaction.on_commit(count, robust=True)


@transaction.atomic
def _count(conversation_id: int, number: int) -> None:
    tally, _ = Tally.objects.select_for_update().get_or_create(
        conversation_id=conversation_id, process=SERVICES, defaults={"batch": 0}
    )
    Tally.objects.filter(pk=tally.pk).update(
        batch=F("batch") + 1,
        sent=F("sent") + 1,
        acknowledged=F("acknowledged") + 1,
        highest=max(tally.highest, number),
    )


def _compare_since(since: datetime.datetime) -> bool:
    """Whether all of them were reached."""
    for _ in range(MOST // AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute(_SINCE, {"since": since, "limit": AT_ONCE})
            if len(cursor.fetchall()) < AT_ONCE:
                return True
    return False


def _days(checks: Any) -> list[Day]:
    sums = {name: Sum(name) for name in FIGURES}
    rows = checks.values("date").annotate(conversations=Count("pk"), **sums).order_by("-date")
    return [Day(row["date"], row["conversations"], {name: row[name] for name in FIGURES}) for row in rows]


def _total(today: datetime.date, days: list[Day]) -> Day:
    figures = {name: sum(day.figures[name] for day in days) for name in FIGURES}
    return Day(today, sum(day.conversations for day in days), figures)
