"""A changed password: the sockets of the browser it was changed in go on, by the session's new key alone."""

import asyncio
import datetime
import functools

import pytest
from django.utils import timezone

from accounts import sessions
from accounts.models import Agent, SignIn
from accounts.services import passwords, sign_in_sessions, sign_ins, socket_tokens
from accounts.testing import PASSWORD
from chat.models import Lease
from chat.tests.conftest import Client
from chat.tests.hot import inside
from core.realtime import pool


@pytest.fixture
def quick(settings):
    """Leases are renewed four times a second."""
    settings.LEASE_SECONDS = 1


@pytest.fixture
def acme(committed):
    return committed.acme


@pytest.fixture
def do(acme):
    return functools.partial(inside, acme)


@pytest.fixture
async def come(live, acme, eve, do):
    """`await come(key)`: a socket of that session."""
    clients = []

    async def come(key):
        client = Client(acme.company_id, "agent")
        clients.append(client)
        token = await do(socket_tokens.issue, acme, eve, key)
        client.greeting = await client.open(token=token)  # type: ignore[attr-defined]
        return client

    yield come
    for client in clients:
        await client.leave()


@pytest.fixture
async def session(acme, eve, do):
    return await do(lambda: sessions.begin(acme, eve, remembered=False))


def change(acme, session, present=PASSWORD, password="ten green bottles"):
    held = sessions.CompanySession(session.session_key)
    agent = Agent.objects.get(agent_id="eve")
    passwords.change(acme, agent, present=present, password=password, session=held, address="127.0.0.1")
    return held


def an_hour_ago():
    then = timezone.now() - datetime.timedelta(hours=1)
    Agent.objects.filter(agent_id="eve").update(password_changed_at=then)


async def test_it_stays_until_its_browser_has_the_new_key(quick, session, come, do, acme):
    tab = await come(session.session_key)
    await do(change, acme, session)
    await asyncio.sleep(0.6)
    assert (await tab.ask("heartbeat"))["type"] == "heartbeat.answered"
    assert (await come(session.session_key)).greeting["type"] == "session.opened"


async def test_then_it_comes_again_by_that_key_and_by_no_other(quick, session, come, do, acme):
    former = session.session_key
    tab = await come(former)
    key = (await do(change, acme, session)).session_key
    await do(an_hour_ago)
    assert await tab.closed() == 1012
    assert not [event for event in tab.events if event["type"] == "session.ended"]
    assert (await come(former)).greeting["type"] == "refused"
    assert (await come(key)).greeting["type"] == "session.opened"
    assert await do(Lease.objects.filter(session=socket_tokens.session_hash(key)).count) == 1


async def test_also_when_the_password_was_changed_again_before_it_heard_of_the_first(
    never_renewed, session, come, do, acme, live
):
    tab = await come(session.session_key)
    changed = await do(change, acme, session)
    await do(change, acme, changed, "ten green bottles", "nine green bottles")
    await do(an_hour_ago)
    await live.leases.renew()
    assert await tab.closed() == 1012


@pytest.mark.parametrize(
    "end",
    [
        lambda eve, held: sign_ins.sign_out(eve, held),
        lambda eve, held: sign_in_sessions.end(SignIn.objects.get(session_key=held.session_key)),
    ],
)
async def test_who_signs_out_before_it_heard_of_the_change_is_gone_at_once(
    never_renewed, session, come, do, acme, eve, end
):
    tab = await come(session.session_key)
    changed = await do(change, acme, session)
    await do(end, eve, changed)
    assert await tab.closed() == 4001
    assert not await do(Lease.objects.live().filter(agent=eve).exists)


async def test_once_that_sign_in_is_over_too_it_ends(quick, session, come, do, acme):
    tab = await come(session.session_key)
    await do(change, acme, session)
    await do(an_hour_ago)
    await do(lambda: SignIn.objects.all().delete())
    assert await tab.closed() == 4001


async def test_an_outsiders_session_of_that_name_goes_on_as_it_is(session, committed, do, acme):
    await do(change, acme, session)
    name = socket_tokens.session_hash(session.session_key)

    def renewed_at_globex():
        with committed.globex.entered():
            return socket_tokens.renewed({name: Agent.objects.get(agent_id="mallory")})

    assert await pool.run(renewed_at_globex) == set()
