import asyncio

import pytest
from django.db import connection

from companies import directory
from companies.directory import Directory
from companies.models import Company
from core.realtime import pool


@pytest.fixture
def asked(monkeypatch):
    """The company ids the database was asked for."""
    asked, read = [], directory._read

    def reading(company_id):
        asked.append(company_id)
        return read(company_id)

    monkeypatch.setattr(directory, "_read", reading)
    return asked


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 1000.0

        def monotonic(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(directory, "time", clock)
    return clock


@pytest.fixture
def acme(committed):
    yield committed.acme
    Company.objects.filter(pk=committed.acme.pk).update(name="Acme")
    connection.close()


async def test_a_company_is_asked_for_once(acme, asked):
    known = Directory()
    found = [await known.find(acme.company_id) for _ in range(5)]
    assert {facts.company for facts in found if facts} == {acme}
    assert asked == [acme.company_id]


async def test_what_is_known_grows_old(acme, asked, clock):
    known = Directory()
    await known.find(acme.company_id)
    clock.now += directory.FRESH_FOR - 1
    await known.find(acme.company_id)
    assert len(asked) == 1
    clock.now += 1
    await pool.run(Company.objects.filter(pk=acme.pk).update, name="Acme Ltd.")
    facts = await known.find(acme.company_id)
    assert facts is not None
    assert facts.company.name == "Acme Ltd."


async def test_what_is_forgotten_is_asked_for_again(acme, asked):
    known = Directory()
    await known.find(acme.company_id)
    known.forget(acme.company_id)
    await known.find(acme.company_id)
    assert len(asked) == 2


@pytest.mark.parametrize("company_id", [0, 10_000_000, 10**40])
async def test_a_company_that_is_not_there_is_not_found(committed, company_id):
    assert await Directory().find(company_id) is None


async def test_a_company_that_is_gone_is_found_no_more(acme, clock, monkeypatch):
    known = Directory()
    await known.find(acme.company_id)
    clock.now += directory.FRESH_FOR
    monkeypatch.setattr(directory, "_read", lambda company_id: None)
    assert await known.find(acme.company_id) is None
    assert known._known == {}


async def test_those_who_ask_at_once_share_one_question(acme, asked):
    known = Directory()
    found = await asyncio.gather(*(known.find(acme.company_id) for _ in range(20)))
    assert {facts.company for facts in found if facts} == {acme}
    assert asked == [acme.company_id]


async def test_who_hangs_up_takes_the_answer_from_nobody(acme, asked):
    known = Directory()
    hasty = asyncio.create_task(known.find(acme.company_id))
    patient = asyncio.create_task(known.find(acme.company_id))
    await asyncio.sleep(0)
    hasty.cancel()
    facts = await patient
    assert facts is not None
    assert asked == [acme.company_id]


async def test_a_question_that_failed_is_asked_again(acme, asked, monkeypatch):
    known, read = Directory(), directory._read
    monkeypatch.setattr(directory, "_read", lambda company_id: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        await known.find(acme.company_id)
    monkeypatch.setattr(directory, "_read", read)
    assert await known.find(acme.company_id) is not None


async def test_a_number_that_no_company_has_is_asked_for_once_in_a_while(committed, asked, clock):
    known = Directory()
    assert [await known.find(10_000_000) for _ in range(5)] == [None] * 5
    assert asked == [10_000_000]
    clock.now += directory.MISSING_FOR
    assert await known.find(10_000_000) is None
    assert len(asked) == 2


async def test_of_numbers_that_no_company_has_a_bounded_number_is_remembered(committed, asked, monkeypatch):
    monkeypatch.setattr(directory, "MOST_MISSING", 3)
    known = Directory()
    for company_id in range(10):
        await known.find(company_id)
    assert list(known._missing) == [7, 8, 9]
