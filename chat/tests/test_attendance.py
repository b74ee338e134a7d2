"""What a process of sockets does for presence, and what it knows of the website."""

import asyncio
import datetime
import threading
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import Agent
from chat import register, runtime
from chat.models import Lease
from chat.services import availability, presence
from chat.testing import status_of
from chat.tests.hot import inside
from companies.services import alarms
from core import testing
from core.realtime import pool
from protocol import payloads


@pytest.fixture
def acme(committed):
    return committed.acme


@pytest.fixture
def quick(settings):
    """Leases are renewed four times a second, and have no grace."""
    settings.LEASE_SECONDS, settings.LEASE_GRACE_SECONDS = 1, 0


async def status(company, agent_id="bob"):
    return await inside(company, lambda: status_of(Agent.objects.get(agent_id=agent_id)))


async def until(company, true):
    """Waits for what is asked of the database."""
    await testing.until(lambda: inside(company, true))


async def lease_end(company):
    return await inside(company, lambda: Lease.objects.get().expires_at)


async def test_while_the_socket_lives_the_lease_is_renewed(quick, work, acme):
    await work("bob")
    for _ in range(3):
        before = await lease_end(acme)
        await until(acme, Lease.objects.filter(expires_at__gt=before).exists)


async def test_a_renewal_under_way_does_not_bring_back_who_leaves(
    never_renewed, live, work, acme, settings, monkeypatch
):
    settings.LEASE_GRACE_SECONDS = 0
    begun, may_go_on = threading.Event(), threading.Event()
    renew = register.renew

    def slowly(*args):
        begun.set()
        assert may_go_on.wait(10)
        renew(*args)

    monkeypatch.setattr(register, "renew", slowly)
    bob = await work("bob")
    renewing = asyncio.create_task(live.leases.renew())
    assert await asyncio.to_thread(begun.wait, 10)
    leaving = asyncio.create_task(bob.leave())
    await asyncio.sleep(0.1)
    may_go_on.set()
    await asyncio.gather(renewing, leaving)
    await until(acme, lambda: Lease.objects.filter(expires_at__lte=timezone.now()).exists())


async def test_a_socket_that_goes_leaves_a_grace(work, acme, settings):
    before = timezone.now()
    await (await work("bob")).leave()
    grace = (await lease_end(acme) - before).total_seconds()
    assert settings.LEASE_GRACE_SECONDS <= grace < settings.LEASE_SECONDS
    assert await status(acme) == "online"


async def test_after_the_grace_the_agent_is_offline_and_colleagues_are_told(
    work, acme, settings, monkeypatch
):
    settings.LEASE_GRACE_SECONDS = 0
    monkeypatch.setattr(presence, "_AFTER", datetime.timedelta())
    carol, bob = await work("carol"), await work("bob")
    opened = await carol.ask("workspace.open")
    bobs = next(one for one in opened["result"]["agents"] if one["name"] == "Bob")
    await bob.leave()
    assert await status(acme) == "offline"
    carol.events.clear()
    await pool.run(alarms.ring_due)
    told = (await carol.event("agent.changed"))["agent"]
    assert told | {"since": 0} == bobs | {"status": "offline", "reason": "lost", "since": 0}


async def test_a_lease_that_was_given_up_meanwhile_is_taken_again(quick, work, acme):
    """The process was stopped, or the database away, for longer than a lease lasts."""
    await work("bob")
    await inside(acme, Lease.objects.all().delete)
    await until(acme, Lease.objects.exists)
    assert await status(acme) == "online"


async def test_a_renewal_lets_be_who_has_only_just_come(never_renewed, live, work):
    """Their lease is still to be written: none was given up, and there is nothing to hear anew."""
    await work("carol")
    coming = asyncio.create_task(work("bob"))
    while live.leases.count() < 2:
        await asyncio.sleep(0)
    await live.leases.renew()
    bob = await coming
    await asyncio.sleep(0.3)
    assert (await bob.ask("heartbeat"))["type"] == "heartbeat.answered"


async def test_a_socket_that_missed_the_signing_out_is_closed_at_the_next_round(quick, work, acme):
    bob = await work("bob")
    await inside(acme, lambda: (Lease.objects.all().delete(), Session.objects.all().delete()))
    assert await bob.closed() == 4001
    assert bob.events[-1] == {"type": "session.ended", "reason": "signed_out"}
    assert await status(acme) == "offline"


async def test_a_database_that_is_away_for_a_moment_ends_no_renewing(quick, work, acme, monkeypatch):
    renew, failures = register.renew, iter([True, True])

    def sometimes(*args):
        if next(failures, False):
            raise ConnectionError
        renew(*args)

    monkeypatch.setattr(register, "renew", sometimes)
    await work("bob")
    await until(acme, Lease.objects.filter(expires_at__gt=await lease_end(acme)).exists)
    assert next(failures, None) is None


async def test_a_process_that_ends_gives_its_leases_their_grace(live, work, acme, settings):
    settings.LEASE_GRACE_SECONDS = 0
    await work("bob")
    await live.leases.stop()
    assert await status(acme) == "offline"


@pytest.fixture
def asked(monkeypatch):
    """How often the database was asked what a website shows."""
    asked, shown = [], availability.shown

    def counting():
        asked.append(1)
        return shown()

    monkeypatch.setattr(availability, "shown", counting)
    return asked


async def test_what_the_website_shows_is_asked_once_for_all_visitors(visit, asked):
    for _ in range(4):
        assert (await visit()).greeting["availability"] == "offline"
    assert len(asked) == 1


async def test_it_is_asked_once_for_visitors_who_come_together(visit, asked):
    await asyncio.gather(*[visit() for _ in range(8)])
    assert len(asked) == 1


async def test_an_answer_from_before_valkey_was_away_is_not_kept(visit, live, acme, monkeypatch):
    answers: Iterator[payloads.Availability] = iter(["online", "offline"])

    def answer():
        found = next(answers)
        if found == "online":
            asyncio.run_coroutine_threadsafe(valkey_is_back(), loop).result(testing.PATIENCE)
        return availability.Shown(found, {})

    async def valkey_is_back():
        live.shown._known[acme.schema_name].resync()

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(availability, "shown", answer)
    await visit()
    assert (await visit()).greeting["availability"] == "offline"


async def test_after_valkey_was_away_open_pages_are_told_what_is_shown(visit, live, acme, monkeypatch):
    vera = await visit()
    monkeypatch.setattr(availability, "shown", lambda: availability.Shown("busy", {}))
    for member in live.hub._all_members():
        member.resync()
    await vera.event("resync")
    await vera.event("availability.changed", availability="busy")


async def test_it_is_kept_in_step_by_what_every_page_hears(visit, work):
    vera = await visit()
    await work("bob")
    await vera.event("availability.changed", availability="online")
    assert (await visit()).greeting["availability"] == "online"


async def test_after_valkey_was_away_it_is_asked_again(visit, asked, live):
    await visit()
    for member in live.hub._all_members():
        member.resync()
    await visit()
    assert len(asked) == 2


async def test_each_company_shows_its_own(visit, work, committed):
    await work("bob")
    assert (await visit()).greeting["availability"] == "online"
    assert (await visit(committed.globex)).greeting["availability"] == "offline"


async def test_without_a_runtime_a_socket_says_so(committed):
    with pytest.raises(RuntimeError, match="not been started"):
        runtime.current()
