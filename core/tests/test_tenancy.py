"""Whoever is in a company reads that company, however tasks, threads, transactions and connections mix."""

import asyncio
import json
import os
import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import sync_to_async
from django.core.cache import cache
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.realtime import pool
from core.tenancy import context
from core.tests import tenancy_cases
from core.tests.tenancy_cases import SCHEMAS, Item, enter, read

ONE, TWO, THREE = SCHEMAS


class Trouble(Exception):
    pass


def roll_back_in(schema):
    with transaction.atomic(), context.entered(schema):
        read()
        raise Trouble


@pytest.fixture(scope="module", autouse=True)
def schemas(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        tenancy_cases.make_schemas()
        connection.close()
        yield
        tenancy_cases.drop_schemas()
        connection.close()


@pytest.fixture(autouse=True)
def database(schemas, django_db_blocker):
    with django_db_blocker.unblock():
        yield
        connection.close()


@pytest.fixture
async def shared_thread():
    """What ran on the thread of `sync_to_async` gives its connection back."""
    yield
    await sync_to_async(lambda: connection.close())()


@pytest.mark.parametrize("case", tenancy_cases.CASES.values(), ids=tenancy_cases.CASES)
async def test_everybody_reads_where_they_are(case, shared_thread):
    seen = await case()
    assert [found for _, found in seen] == [expected for expected, _ in seen]


@pytest.fixture(scope="module")
def on_the_stock_backend(schemas, django_db_blocker):
    """What the same cases see there, in a process of its own."""
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    database = {name: connection.settings_dict[name] for name in names}
    command = [sys.executable, "-m", "core.tests.tenancy_cases"]
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    ended = subprocess.run(
        [*command, "django_tenants.postgresql_backend", json.dumps(database)],
        env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=30,
    )  # fmt: skip
    return json.loads(ended.stdout)


@pytest.mark.parametrize("name", tenancy_cases.CASES)
def test_on_the_stock_backend_it_leaks(name, on_the_stock_backend):
    """Once this fails, upstream has mended it and ours may go."""
    seen = on_the_stock_backend[name]
    assert [found for _, found in seen] != [expected for expected, _ in seen]


def test_inside_is_the_company_and_outside_no_company_is_found():
    with context.entered(ONE):
        assert read() == ONE
    with pytest.raises(ProgrammingError, match="tenancy_item"):
        list(Item.objects.all())


def test_companies_can_be_entered_within_each_other():
    with context.entered(ONE):
        with context.entered(TWO):
            assert read() == TWO
        assert read() == ONE


def test_an_exception_leaves_the_company():
    with context.entered(ONE):
        with pytest.raises(Trouble):
            roll_back_in(TWO)
        assert read() == ONE
    assert context.schema() == "public"


def test_a_new_thread_is_in_no_company():
    seen = []

    def work():
        seen.extend([context.schema(), read()])
        connection.close()

    with context.entered(ONE):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert seen == ["public", "nothing"]


def test_a_connection_made_inside_a_company_leaves_everybody_where_they_were():
    with context.entered(ONE):
        connection.copy()
        assert (context.schema(), read()) == (ONE, ONE)


async def test_the_pool_of_threads_works_where_its_caller_is():
    async def ask(schema):
        with context.entered(schema):
            await asyncio.sleep(random.random() / 100)
            return await pool.run(read)

    asked = random.choices(SCHEMAS, k=120)
    assert await asyncio.gather(*map(ask, asked)) == asked


async def test_what_a_job_enters_ends_with_the_job():
    await asyncio.gather(*(pool.run(enter, ONE) for _ in range(20)))
    assert await asyncio.gather(*(pool.run(read) for _ in range(20))) == ["nothing"] * 20


async def test_a_task_keeps_the_company_it_was_begun_in():
    async def later():
        await asyncio.sleep(0.02)
        return await pool.run(read)

    with context.entered(ONE):
        task = asyncio.create_task(later())
    with context.entered(TWO):
        assert (await pool.run(read), await task) == (TWO, ONE)


def test_a_transaction_rolled_back_takes_nobody_to_another_company():
    with context.entered(ONE):
        read()
    with pytest.raises(Trouble):
        roll_back_in(TWO)
    with context.entered(TWO):
        assert read() == TWO
    with context.entered(ONE):
        assert read() == ONE
    assert read() == "nothing"


@pytest.fixture
def only_one():
    """The pool has no connection but the one that is asked for first."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]


def _said():
    """What reading here had to say before."""
    with CaptureQueriesContext(connection) as asked:
        read()
    return [one["sql"] for one in asked if one["sql"].startswith("SET search_path")]


def test_a_connection_is_known_as_it_went_back_to_the_pool(only_one):
    with context.entered(ONE):
        assert len(_said()) == 1
        connection.close()
        assert _said() == []
        connection.close()
    with context.entered(TWO):
        assert (len(_said()), read()) == (1, TWO)


def test_what_a_transaction_had_set_is_not_trusted_when_it_went_back_unfinished(only_one):
    with context.entered(ONE):
        read()
        connection.close()
    connection.set_autocommit(False)
    with context.entered(TWO):
        read()
        connection.close()
        assert (len(_said()), read()) == (1, TWO)
        connection.close()
    with context.entered(ONE):
        assert (len(_said()), read()) == (1, ONE)


def test_a_savepoint_rolled_back_takes_nobody_to_another_company():
    with transaction.atomic(), context.entered(ONE):
        read()
        with pytest.raises(Trouble):
            roll_back_in(TWO)
        assert read() == ONE
        with context.entered(TWO):
            assert read() == TWO


def test_a_failed_statement_takes_nobody_to_another_company():
    with context.entered(TWO), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute("SELECT nonsense")
    with context.entered(ONE):
        assert read() == ONE


def test_a_server_side_cursor_goes_on_where_it_began():
    with context.entered(ONE), transaction.atomic():
        rows = Item.objects.iterator(chunk_size=1)
        first = next(rows)
        with context.entered(TWO):
            assert (first.name, read(), list(rows)) == (ONE, TWO, [])


def test_two_server_side_cursors_of_two_companies_run_side_by_side():
    with transaction.atomic():
        with context.entered(ONE):
            of_one = Item.objects.iterator()
            first = next(of_one)
        with context.entered(TWO):
            second = next(Item.objects.iterator())
    assert (first.name, second.name) == (ONE, TWO)


def _round(seed):
    """One thread's life among the others: enters, commits, rolls back, gives connections back."""
    chance, seen = random.Random(seed), []
    for _ in range(25):
        schema, other = chance.choice(SCHEMAS), chance.choice(SCHEMAS)
        with context.entered(schema), transaction.atomic():
            seen.append((schema, read()))
            point = transaction.savepoint()
            with context.entered(other):
                seen.append((other, read()))
            chance.choice([transaction.savepoint_rollback, transaction.savepoint_commit])(point)
            seen.append((schema, read()))
            transaction.set_rollback(chance.random() < 0.5)
        chance.choice([connection.close, connection.ensure_connection])()
    connection.close()
    return seen


def test_many_threads_that_share_few_connections_each_read_their_own():
    with ThreadPoolExecutor(8) as threads:
        seen = [one for life in threads.map(_round, range(16)) for one in life]
    assert len(seen) == 16 * 25 * 3
    assert [found for _, found in seen] == [expected for expected, _ in seen]


def test_what_is_cached_is_cached_for_one_company():
    for schema in SCHEMAS:
        with context.entered(schema):
            cache.set("who", schema, 10)
    with context.entered(TWO):
        assert cache.get("who") == TWO
    assert cache.get("who") is None
