"""Companies in which nothing happens cost nothing per second: no task, query, command or channel is theirs."""

import asyncio
import importlib

import pytest
import redis
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat import runtime
from chat.hot.store import Store
from chat.visitor_board import board, keeper, keys
from companies.models import Company
from companies.services import companies
from core.realtime import lag, pool, wire
from core.testing import until

IDLE = 5


@pytest.fixture
def add_idle():
    def add():
        for number in range(IDLE):
            companies.create(name=f"Idle {number}", email="a@example.com", language="en", time_zone="UTC")

    return add


def statements_of(task):
    module, _, name = task.rpartition(".")
    with CaptureQueriesContext(connection) as asked:
        getattr(importlib.import_module(module), name)()
    return [one["sql"] for one in asked.captured_queries if not one["sql"].startswith("SET search_path")]


@pytest.mark.django_db
@pytest.mark.parametrize("entry", settings.CELERY_BEAT_SCHEDULE.values(), ids=lambda entry: entry["task"])
def test_what_is_done_on_a_timer_asks_the_same_however_many_companies_there_are(entry, cast, add_idle):
    before = statements_of(entry["task"])
    add_idle()
    assert len(statements_of(entry["task"])) == len(before) > 0
    assert not [one for one in before if "c_" in one.replace("companies_", "")]


@pytest.fixture
def said(monkeypatch):
    """What a process says to Valkey and PostgreSQL, by any of its ways."""
    heard: list[str] = []

    def listen(owner, name):
        true = getattr(owner, name)

        def listening(*args, **kwargs):
            heard.append(repr(args))
            return true(*args, **kwargs)

        monkeypatch.setattr(owner, name, listening)

    listen(wire.Wire, "command")
    listen(pool, "run")
    listen(Store, "fetch")
    listen(Store, "run")
    return heard


@pytest.fixture
async def idle(committed, said, monkeypatch):
    """A process of sockets without sockets, whose clocks run ten times as fast."""
    monkeypatch.setattr(settings, "LEASE_SECONDS", 0.4)
    for module, name in ((board, "TICK"), (keeper, "EVERY"), (lag, "EVERY")):
        monkeypatch.setattr(module, name, 0.1)
    # What a test before left behind, as if killed, would be cleaned up now.
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        valkey.delete(keys.PROCESSES)
    started = await runtime.start()
    yield started
    await runtime.stop()


async def test_a_process_without_sockets_speaks_of_no_company(idle, said):
    schemas = await pool.run(lambda: list(Company.objects.values_list("schema_name", flat=True)))
    said.clear()
    # Nothing heard at all: what should be tried did not run.
    await until(lambda: said)
    await asyncio.sleep(1)
    assert len(schemas) >= 2
    assert not [words for words in said if any(schema in words for schema in schemas)]
    assert not any(schema.encode() in channel for channel in idle.hub._channels for schema in schemas)


async def test_a_process_without_sockets_asks_postgresql_of_nothing(idle, monkeypatch):
    asked = []
    for owner, name in ((pool, "run"), (Store, "fetch"), (Store, "run")):
        monkeypatch.setattr(owner, name, lambda *args, **kwargs: asked.append(args))
    await asyncio.sleep(1)
    assert asked == []
