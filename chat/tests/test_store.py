import asyncio

import asyncpg
import pytest

from chat import runtime
from chat.hot import store as hot_store
from chat.hot.programs import Call, Routine
from chat.hot.store import Store
from chat.tests.hot import cut_hot_connections
from core.realtime import refusals

WHO = "SELECT pg_backend_pid()"


@pytest.fixture
async def store(committed):
    store = Store(runtime._dsn())
    yield store
    await store.close()


async def test_one_connection_serves_one_statement_after_another(store):
    answers = await asyncio.gather(*(store.fetch(WHO) for _ in range(20)))
    assert len({row[0] for (row,) in answers}) == 1


async def test_a_connection_that_was_ended_is_opened_again(store):
    ((before,),) = await store.fetch(WHO)
    assert await cut_hot_connections() >= 1
    ((after,),) = await store.fetch(WHO)
    assert after != before


async def test_a_statement_cut_off_half_way_is_tried_again(store):
    await store.fetch(WHO)
    asked = asyncio.create_task(store.fetch("SELECT 'done' FROM pg_sleep(0.3)"))
    await asyncio.sleep(0.1)
    await cut_hot_connections()
    ((answer,),) = await asked
    assert answer == "done"


async def test_a_wrong_statement_is_not_tried_again(store):
    ((before,),) = await store.fetch(WHO)
    with pytest.raises(asyncpg.UndefinedTableError):
        await store.fetch("SELECT * FROM nonsense")
    ((after,),) = await store.fetch(WHO)
    assert after == before


async def test_a_database_that_stays_away_is_told_in_words(monkeypatch):
    monkeypatch.setattr(hot_store, "PATIENCE", 0.3)
    nowhere = Store("postgresql:///parley?host=/nowhere")
    with pytest.raises(refusals.Unavailable):
        await nowhere.fetch("SELECT 1")


async def test_a_database_that_never_answers_is_told_in_words_and_keeps_nobody_waiting(store, monkeypatch):
    async with asyncio.timeout(30):
        with monkeypatch.context() as hurried:
            hurried.setattr(hot_store, "PATIENCE", 0.3)
            with pytest.raises(refusals.Unavailable):
                await store.fetch("SELECT pg_sleep(60)")
        assert await store.fetch("SELECT 1")


ECHO = Routine("echo", (("numbers", "bigint"),), "answer := ARRAY[numbers[first:last]];")


def echo(*schemas):
    return [Call(schema, ECHO, [[place, -place]]) for place, schema in enumerate(schemas, 1)]


async def test_the_calls_of_many_companies_are_one_statement(store):
    assert await store.run(echo("c_1", "c_2", "c_3")) == [[1, -1], [2, -2], [3, -3]]
    assert await store.run(echo("c_2")) == [[1, -1]]


async def test_a_connection_that_was_ended_learns_its_functions_again(store):
    await store.run(echo("c_1", "c_2"))
    await cut_hot_connections()
    assert await store.run(echo("c_2", "c_3")) == [[1, -1], [2, -2]]


async def test_a_connection_that_has_seen_many_companies_is_renewed(store, monkeypatch):
    monkeypatch.setattr(hot_store, "MOST_FUNCTIONS", 5)
    pids = []
    for number in range(12):
        await store.run(echo(f"c_{number}"))
        ((pid,),) = await store.fetch(WHO)
        pids.append(pid)
    assert len(set(pids)) == 3
    assert len(store._known) <= 5


async def test_an_old_connection_is_renewed(store, monkeypatch):
    ((before,),) = await store.fetch(WHO)
    monkeypatch.setattr(hot_store, "LONGEST_LIFE", -1)
    ((after,),) = await store.fetch(WHO)
    assert after != before


async def test_a_schemas_name_is_never_taken_for_words_of_a_statement(store):
    assert await store.run(echo('c_1"; SELECT 1', "c_1'")) == [[1, -1], [2, -2]]
