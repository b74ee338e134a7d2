"""What each kind of process tells at /metrics."""

from chat import metrics as chat_metrics
from companies import metrics as companies_metrics
from config import broker
from core import metrics


def of_web() -> None:
    """Beside its own, what stands in the stores: one look there is enough, and this one does not hold sockets."""
    metrics.register(companies_metrics.backlog)
    metrics.register(broker.queue)


def of_live() -> None:
    metrics.register(metrics.database_pool)
    metrics.register(chat_metrics.sockets)
    metrics.register(chat_metrics.parts)
