"""A sign-in that is over closes its sockets: signed out, lasted its time, another password, deactivated."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import Agent
from accounts.services import agents
from accounts.testing import make_socket_token
from chat.models import Conversation, Lease
from chat.testing import make_conversation, make_online, status_of
from chat.tests.conftest import Client
from chat.tests.hot import inside


@pytest.fixture
def acme(committed):
    return committed.acme


@pytest.fixture
def quick(settings):
    """Leases are renewed four times a second."""
    settings.LEASE_SECONDS, settings.LEASE_GRACE_SECONDS = 1, 0


def expire():
    Session.objects.update(expire_date=timezone.now() - datetime.timedelta(seconds=1))


def change_password():
    eve = Agent.objects.get(agent_id="eve")
    eve.set_password("another battery staple")
    eve.save()


def switch_off():
    Agent.objects.filter(agent_id="eve").update(is_active=False)


ENDS = {
    "signed out elsewhere": lambda: Session.objects.all().delete(),
    "lasted its time": expire,
    "another password": change_password,
    "deactivated": switch_off,
}


@pytest.mark.parametrize("end", ENDS)
async def test_its_sockets_are_closed_at_the_next_renewal(end, quick, eve, work, acme):
    client = await work("eve")
    await inside(acme, ENDS[end])
    assert await client.closed() == 4001
    assert client.events[-1] == {"type": "session.ended", "reason": "signed_out"}
    agent = await inside(acme, lambda: Agent.objects.select_related("role").get(agent_id="eve"))
    assert await inside(acme, status_of, agent) == "offline"


async def test_that_counts_as_having_signed_out(quick, eve, work, acme):
    client, bob = await work("eve"), await work("bob")
    await inside(acme, lambda: Session.objects.filter(session_key__startswith="eve").delete())
    await client.closed()
    listed = (await bob.ask("workspace.open"))["result"]["agents"]
    assert next(one for one in listed if one["name"] == "Eve")["reason"] == "signed_out"


async def test_the_sockets_of_others_stay(quick, eve, work, acme):
    bob, client = await work("bob"), await work("eve")
    await inside(acme, lambda: Session.objects.filter(session_key__startswith="eve").delete())
    await client.closed()
    assert (await bob.ask("heartbeat"))["type"] == "heartbeat.answered"


@pytest.mark.parametrize("end", ENDS)
async def test_a_token_from_before_opens_nothing(end, eve, live, acme):
    token = await inside(acme, lambda: make_socket_token(acme, eve))
    await inside(acme, ENDS[end])
    client = Client(acme.company_id, "agent")
    refused = await client.open(token=token)
    await client.leave()
    assert refused["code"] in {"not_signed_in", "forbidden"}
    assert live.leases.count() == 0
    assert not await inside(acme, Lease.objects.live().exists)


async def test_after_being_refused_one_may_come_with_another_sign_in(eve, live, acme):
    token = await inside(acme, lambda: make_socket_token(acme, eve))
    await inside(acme, lambda: Session.objects.all().delete())
    client = Client(acme.company_id, "agent")
    assert (await client.open(token=token))["code"] == "not_signed_in"
    fresh = await inside(acme, lambda: make_socket_token(acme, eve, "other"))
    assert (await client.ask("session.open", token=fresh))["type"] == "session.opened"
    await client.leave()


async def test_deactivating_closes_sockets_and_gives_back_at_once(eve, work, acme):
    desk, phone = await work("eve", session="desk"), await work("eve", session="phone")

    def hold():
        make_online(Agent.objects.get(agent_id="bob"))
        return make_conversation(agent=eve)

    talk = await inside(acme, hold)
    await inside(acme, agents.deactivate, eve)
    assert [await desk.closed(), await phone.closed()] == [4001, 4001]
    assert not await inside(acme, Lease.objects.live().filter(agent=eve).exists)
    again = await inside(acme, lambda: Conversation.objects.get(pk=talk.pk))
    assert (again.state, again.agent_id) == ("waiting", None)


async def test_colleagues_hear_that_somebody_deactivated_is_gone(eve, work, acme):
    bob = await work("bob")
    client = await work("eve")
    await bob.event("agent.changed")
    await bob.event("agent.changed")
    await inside(acme, agents.deactivate, eve)
    told = (await bob.event("agent.changed"))["agent"]
    assert (told["name"], told["status"]) == ("Eve", "offline")
    await client.closed()
