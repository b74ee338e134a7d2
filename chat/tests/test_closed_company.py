"""ACC-14: a company that is suspended, or whose trial is over, closes at once and comes back at once."""

import datetime
import uuid

import pytest
from django.utils import timezone

from accounts.models import Agent
from chat import errors
from chat.models import Conversation, Lease
from chat.services import availability, conversations
from chat.testing import PAGE, make_conversation, make_online, make_visitor, name
from companies.models import Alarm, Company
from companies.services import alarms, plans
from core.realtime import pool

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def acme(committed):
    return Company.objects.get(pk=committed.acme.pk)


@pytest.fixture
async def suspended(acme):
    await pool.run(plans.suspend, acme, reason="Unpaid")
    return acme


async def end_trial(company):
    """The clock has come to the end of the trial, and its alarm rings."""

    def ring():
        plans.extend_trial(company, until=timezone.now() + HOUR)
        Company.objects.filter(pk=company.pk).update(trial_ends_at=timezone.now())
        Alarm.objects.filter(company=company, kind=plans.END).update(due_at=timezone.now())
        alarms.ring_due()

    await pool.run(ring)


async def suspend(company):
    await pool.run(plans.suspend, company, reason="Unpaid")


@pytest.mark.parametrize("close", [suspend, end_trial])
async def test_open_sockets_of_agents_are_closed_at_once(close, acme, work):
    bob, alice = await work("bob"), await work("alice")
    await close(acme)
    for client in (bob, alice):
        assert await client.closed() == 4001
        assert client.events[-1] == {"type": "session.ended", "reason": "refused"}


@pytest.mark.parametrize("close", [suspend, end_trial])
async def test_websites_show_it_as_offline_at_once(close, acme, work, visit):
    await work("bob")
    vera = await visit()
    assert vera.greeting["availability"] == "online"
    await close(acme)
    await vera.event("availability.changed", availability="offline")
    late = await visit()
    assert late.greeting["availability"] == "offline"


async def test_no_agent_gets_in_with_a_token_from_before(suspended, work):
    bob = await work("bob")
    assert bob.greeting["code"] == "company_closed"


async def test_a_process_that_has_not_heard_of_it_lets_nobody_in(acme, live, work):
    """It knows the company from before, and asks the rows before anybody counts as there."""
    await work("bob")
    await pool.run(
        Company.objects.filter(pk=acme.pk).update, suspended_at=timezone.now(), suspension_reason="x"
    )
    carol = await work("carol")
    assert carol.greeting["type"] == "refused"


@pytest.fixture
def quick(settings):
    """Leases are renewed four times a second."""
    settings.LEASE_SECONDS = 1


async def test_who_has_missed_the_news_is_closed_at_the_next_renewal(quick, acme, work):
    bob = await work("bob")
    await pool.run(
        Company.objects.filter(pk=acme.pk).update, suspended_at=timezone.now(), suspension_reason="x"
    )
    assert await bob.closed() == 4001


async def test_visitors_can_leave_a_message_and_begin_no_conversation(suspended, visit):
    vera = await visit()
    asked = {"text": "Hi", "client_id": name(), "page": {"url": PAGE.url, "title": PAGE.title}}
    assert (await vera.ask("conversation.request", **asked))["code"] == "nobody_online"
    left = asked | {"client_id": name(), "name": "Vera", "email": "vera@example.com"}
    assert (await vera.ask("offline_message.leave", **left))["type"] == "ack"


async def test_resumed_everybody_is_back_at_once(suspended, work, visit):
    refused = await work("bob")
    assert refused.greeting["code"] == "company_closed"
    vera = await visit()
    assert vera.greeting["availability"] == "offline"
    await pool.run(plans.resume, suspended)
    bob = await work("bob")
    assert bob.greeting["type"] == "session.opened"
    await vera.event("availability.changed", availability="online")


async def test_another_companys_agents_notice_nothing(acme, committed, work):
    mallory = await work("mallory", committed.globex)
    await suspend(acme)
    assert (await mallory.ask("heartbeat", conversations=[]))["type"] == "heartbeat.answered"
    assert await mallory.wire.receive_nothing(0.2)


def test_whoever_was_there_is_gone_and_what_they_held_waits(acme):
    with acme.entered():
        bob = Agent.objects.get(agent_id="bob")
        make_online(bob)
        held = make_conversation(agent=bob)
    plans.suspend(acme, reason="Unpaid")
    with acme.entered():
        assert not Lease.objects.exists()
        assert Conversation.objects.get(pk=held.pk).is_waiting
        assert availability.current() == "offline"


def test_with_agents_there_it_is_offline_all_the_same(acme):
    """The moment between the end of a trial and its alarm."""
    with acme.entered():
        make_online(Agent.objects.get(agent_id="bob"))
        Company.objects.filter(pk=acme.pk).update(trial_ends_at=timezone.now())
        assert availability.current() == "offline"
        with pytest.raises(errors.NobodyOnline):
            conversations.request(make_visitor(), text="Hi", client_id=uuid.uuid4(), page=PAGE)
