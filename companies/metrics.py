"""How late alarms are and what has not left the house yet, by one look at the public schema."""

from collections.abc import Iterable

from django.db import connection
from prometheus_client import core as kinds

from core.metrics import gauge
from core.tenancy import context

_LOOK = """
SELECT
    (SELECT count(*) FROM companies_alarm WHERE due_at <= now()),
    (SELECT extract(epoch FROM now() - min(due_at)) FROM companies_alarm WHERE due_at <= now()),
    count(*),
    extract(epoch FROM now() - min(created_at)),
    (SELECT count(*) FROM companies_delivery WHERE state = 'failed')
FROM companies_delivery WHERE state = 'pending'
"""
_MEANING = (
    ("alarms_due", "Alarms that should have rung."),
    ("alarm_lag_seconds", "For how long the latest of them should have rung."),
    ("deliveries_pending", "Mail and the like that has not been sent."),
    ("delivery_oldest_seconds", "For how long the oldest of it has waited."),
    ("deliveries_failed", "Mail and the like that was given up."),
)


def backlog() -> Iterable[kinds.Metric]:
    found = figures()
    for name, words in _MEANING:
        yield gauge(name, words, found[name])


def figures() -> dict[str, float]:
    """By the names that the metrics have."""
    with context.entered(context.PUBLIC), connection.cursor() as cursor:
        cursor.execute(_LOOK)
        found = cursor.fetchone()
    return {name: float(value or 0) for (name, _), value in zip(_MEANING, found, strict=True)}
