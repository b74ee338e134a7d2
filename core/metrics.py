"""What a process has counted, in Prometheus' words. Never by company: a name for each would be without end.

The hot path adds to plain integers; collectors read them when somebody asks.
"""

import logging
from collections.abc import Callable, Iterable

import prometheus_client
from django import db
from prometheus_client import core as kinds
from prometheus_client import exposition
from prometheus_client.registry import Collector, CollectorRegistry

logger = logging.getLogger(__name__)

CONTENT_TYPE = exposition.CONTENT_TYPE_PLAIN_0_0_4

registry = CollectorRegistry()
prometheus_client.ProcessCollector(registry=registry)
prometheus_client.GCCollector(registry=registry)

requests = prometheus_client.Histogram(
    "parley_request_seconds",
    "Seconds that pages took, by the first digit of their status.",
    ["status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=registry,
)

Read = Callable[[], Iterable[kinds.Metric]]


class _Reading(Collector):
    def __init__(self, read: Read) -> None:
        self._read = read

    def collect(self) -> Iterable[kinds.Metric]:
        try:
            return list(self._read())
        except Exception as error:
            # A store that is away must not hide what else there is to tell.
            logger.warning("Something could not be counted: %s", type(error).__name__)
            return []


def register(read: Read) -> None:
    """Have this read whenever somebody asks."""
    registry.register(_Reading(read))


def render() -> bytes:
    return exposition.generate_latest(registry)


def gauge(name: str, words: str, value: float) -> kinds.Metric:
    return kinds.GaugeMetricFamily(f"parley_{name}", words, value=value)


def counter(name: str, words: str, value: float) -> kinds.Metric:
    return kinds.CounterMetricFamily(f"parley_{name}", words, value=value)


def database_pool() -> Iterable[kinds.Metric]:
    """The connections that pages and threads of sockets share."""
    stats = _pool_stats()
    yield gauge("database_pool_connections", "Open connections.", stats.get("pool_size", 0))
    yield gauge("database_pool_idle", "Open connections that nobody uses.", stats.get("pool_available", 0))
    yield gauge("database_pool_waiting", "Who waits for a connection now.", stats.get("requests_waiting", 0))
    yield counter("database_pool_waits", "Times somebody had to wait.", stats.get("requests_queued", 0))
    yield counter("database_pool_errors", "Times nobody got one in time.", stats.get("requests_errors", 0))


def _pool_stats() -> dict[str, int]:
    # Looking at `connection.pool` would open one, which a process that has none yet does not need.
    pool = db.connection._connection_pools.get(db.connection.alias)  # type: ignore[attr-defined]
    return pool.get_stats() if pool is not None else {}
