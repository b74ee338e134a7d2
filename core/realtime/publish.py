"""Telling the sockets, from anywhere: after the commit, never before, and never instead of a row."""

import functools
import logging

import msgspec
import redis
from django.conf import settings
from django.db import transaction

from core.realtime import packets

logger = logging.getLogger(__name__)


def publish(event: msgspec.Struct, *, to: list[str]) -> None:
    """Send the event to these channels once the transaction is committed; not at all if it fails."""
    payload = packets.encoder.encode(event)
    transaction.on_commit(lambda: _send(payload, to))


def publish_now(event: msgspec.Struct, *, to: list[str]) -> None:
    """Send at once, for who has waited for the commit already."""
    _send(packets.encoder.encode(event), to)


def _send(payload: bytes, channels: list[str]) -> None:
    try:
        pipeline = _client().pipeline(transaction=False)
        for channel in channels:
            pipeline.publish(channel, payload)
        pipeline.execute()
    except redis.RedisError as error:
        # The row is there; the next heartbeat of each client notices.
        logger.warning("An event could not be published: %s", type(error).__name__)


@functools.cache
def _client() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=5, socket_connect_timeout=2)
