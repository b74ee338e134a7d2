"""A company begins to require a second step while its agents are there: whoever has none is sent to set it up."""

import pytest
from django.utils import timezone

from accounts.models import AccessSettings, Agent, Totp
from accounts.services import sign_in_settings, two_step
from chat.models import Conversation, Lease
from chat.testing import make_conversation
from core.realtime import pool


@pytest.fixture
def acme(committed):
    """Alice has an app; as before after the test."""
    with committed.acme.entered():
        give_app("alice")
        yield committed.acme
        Totp.objects.all().delete()
        AccessSettings.objects.all().delete()


def give_app(agent_id):
    Totp.objects.create(
        agent=Agent.objects.get(agent_id=agent_id), secret=b"sealed", confirmed_at=timezone.now()
    )


@pytest.fixture
def do(acme):
    async def do(deed):
        def inside():
            with acme.entered():
                return deed()

        return await pool.run(inside)

    return do


def require():
    sign_in_settings.change(requires_two_step=True, by=Agent.objects.get(agent_id="alice"))


async def test_whoever_has_none_is_sent_out_at_once(do, work):
    alice, bob = await work("alice"), await work("bob")
    await do(require)
    assert await bob.closed() == 4001
    assert bob.events[-1] == {"type": "session.ended", "reason": "refused"}
    assert (await alice.ask("heartbeat"))["type"] == "heartbeat.answered"


async def test_what_they_hold_stays_theirs_for_a_while(do, work):
    bob = await work("bob")

    def hold():
        return make_conversation(agent=Agent.objects.get(agent_id="bob"))

    talk = await do(hold)
    await do(require)
    await bob.closed()
    assert await do(lambda: Conversation.objects.get(pk=talk.pk).agent_id) == talk.agent_id


async def test_nobody_gets_in_with_a_token_from_before(do, work):
    await do(require)
    bob = await work("bob")
    assert bob.greeting["type"] == "refused"
    assert await do(Lease.objects.count) == 0


async def test_who_takes_theirs_away_is_sent_out_too(do, work):
    await do(require)
    await do(lambda: give_app("bob"))
    bob = await work("bob")
    assert bob.greeting["type"] == "session.opened"
    await do(lambda: two_step.remove_app(Agent.objects.get(agent_id="bob")))
    assert await bob.closed() == 4001


@pytest.fixture
def quick(settings):
    """Leases are renewed four times a second."""
    settings.LEASE_SECONDS = 1


async def test_a_process_that_has_not_heard_finds_out(quick, do, work):
    bob = await work("bob")
    await do(lambda: AccessSettings.objects.create(requires_two_step=True))
    assert await bob.closed() == 4001
