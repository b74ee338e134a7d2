import time
import uuid

import msgspec
import pytest
import redis
from django.conf import settings
from django.db import connection, transaction

from core.realtime import publish as publishing
from core.realtime.publish import publish
from protocol import events

EVENT = events.OfflineMessageLeft(unread=7)
FRAME = msgspec.json.encode(EVENT)


class Trouble(Exception):
    pass


@pytest.fixture(autouse=True)
def database(django_db_setup, django_db_blocker):
    """Real commits; nothing here writes a row."""
    with django_db_blocker.unblock():
        yield
        connection.close()


@pytest.fixture
def channel():
    """A name that no other test uses."""
    return f"publish-test:{uuid.uuid4()}"


@pytest.fixture
def heard(channel):
    """`heard()`: what was heard on the channel since the last time."""
    pubsub = redis.Redis.from_url(settings.REDIS_URL).pubsub()
    pubsub.psubscribe(f"{channel}*")
    assert pubsub.get_message(timeout=5)

    def heard():
        messages = iter(lambda: pubsub.get_message(timeout=0.1), None)
        return [(message["channel"].decode(), message["data"]) for message in messages]

    yield heard
    pubsub.close()


@pytest.fixture(params=["unix:///nowhere/valkey", "redis://127.0.0.1:1/0"])
def away(request, settings):
    """Valkey is not there."""
    settings.REDIS_URL = request.param
    publishing._client.cache_clear()
    yield
    publishing._client.cache_clear()


def publish_and_fail(channel):
    with transaction.atomic():
        publish(EVENT, to=[channel])
        raise Trouble


def test_it_is_told_after_the_commit_and_not_before(channel, heard):
    with transaction.atomic():
        publish(EVENT, to=[channel])
        assert heard() == []
    assert heard() == [(channel, FRAME)]


def test_outside_a_transaction_it_is_told_at_once(channel, heard):
    publish(EVENT, to=[channel])
    assert heard() == [(channel, FRAME)]


def test_nothing_is_told_of_what_was_rolled_back(channel, heard):
    with pytest.raises(Trouble):
        publish_and_fail(channel)
    assert heard() == []


def test_what_a_savepoint_took_back_is_not_told_and_the_rest_is(channel, heard):
    with transaction.atomic():
        with pytest.raises(Trouble):
            publish_and_fail(f"{channel}:inner")
        publish(EVENT, to=[f"{channel}:outer"])
    assert heard() == [(f"{channel}:outer", FRAME)]


def test_all_channels_hear_events_in_their_order(channel, heard):
    told = [events.OfflineMessageLeft(unread=number) for number in range(20)]
    with transaction.atomic():
        for event in told:
            publish(event, to=[f"{channel}:a", f"{channel}:b"])
    payloads = [payload for name, payload in heard() if name.endswith(":a")]
    assert payloads == [msgspec.json.encode(event) for event in told]


def test_while_valkey_is_away_the_caller_neither_fails_nor_waits(away, channel):
    begun = time.monotonic()
    for _ in range(5):
        publish(EVENT, to=[channel])
    # Each would wait two seconds.
    assert time.monotonic() - begun < 2
