"""How many tasks wait for a worker."""

import functools
from collections.abc import Iterable

import redis
from django.conf import settings
from prometheus_client import core as kinds

from core.metrics import gauge


def queue() -> Iterable[kinds.Metric]:
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]
    yield gauge(
        "tasks_waiting", "Tasks that wait for a worker.", float(str(_client().llen(f"{prefix}celery")))
    )


@functools.cache
def _client() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=3, socket_connect_timeout=3)
