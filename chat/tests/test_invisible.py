"""PRE-03: whoever is invisible has, to visitors and ordinary agents, signed out. Frames are compared one by one."""

import uuid

import pytest

from accounts.models import Agent, Role
from chat import audiences, errors
from chat.models import Presence
from chat.services import availability, conversations, presence, statuses
from chat.testing import make_conversation, make_online, status_of
from chat.tests.hot import inside
from companies.services import alarms
from core.realtime import pool
from core.realtime.publish import publish_now
from protocol import events


def connect(agent, session="s"):
    presence.connect(agent, uuid.uuid4(), session)


def told_of(agent, by):
    return next(one for one in statuses.seen_by(by) if one.id == agent.pk)


@pytest.fixture
def dora(in_acme):
    """A second administrator."""
    role = Role.objects.get(kind="administrator")
    return Agent.objects.create(agent_id="dora", name="Dora", role=role)


def test_colleagues_see_what_they_would_see_had_the_administrator_signed_out(in_acme, alice, bob, clock):
    connect(alice)
    clock.move(10)
    presence.set_status(alice, "invisible")
    as_invisible = told_of(alice, by=bob)
    presence.set_status(alice, "online")
    presence.sign_out(alice, "s")
    assert as_invisible == told_of(alice, by=bob)


def test_another_administrator_and_oneself_see_the_truth(in_acme, alice, dora):
    connect(alice)
    presence.set_status(alice, "invisible")
    assert told_of(alice, by=dora).status == "invisible"
    assert told_of(alice, by=alice).status == "invisible"


def test_coming_and_going_unseen_changes_nothing_of_what_is_shown(in_acme, alice, bob, clock, settings):
    connect(alice)
    presence.sign_out(alice, "s")
    before = told_of(alice, by=bob)
    clock.move(600)
    Presence.objects.filter(agent=alice).update(status="invisible")
    connect(alice)
    assert status_of(alice) == "invisible"
    assert told_of(alice, by=bob) == before
    clock.move(settings.LEASE_SECONDS + 1)
    assert told_of(alice, by=bob) == before
    alarms.ring_due()
    assert status_of(alice) == "offline"
    assert told_of(alice, by=bob) == before


def test_who_was_never_seen_stays_so(in_acme, alice, bob, clock, settings):
    never = told_of(alice, by=bob)
    Presence.objects.create(agent=alice, status="invisible")
    connect(alice)
    assert told_of(alice, by=bob) == never
    clock.move(settings.LEASE_SECONDS + 1)
    assert told_of(alice, by=bob) == never
    alarms.ring_due()
    assert told_of(alice, by=bob) == never


def test_a_lost_connection_before_it_stays_what_is_shown(in_acme, alice, bob, clock, settings):
    connect(alice)
    clock.move(settings.LEASE_SECONDS + 1)
    alarms.ring_due()
    lost = told_of(alice, by=bob)
    assert lost.reason == "lost"
    Presence.objects.filter(agent=alice).update(status="invisible")
    connect(alice)
    assert told_of(alice, by=bob) == lost


def test_being_seen_again_is_told_from_then_on(in_acme, alice, bob, clock):
    connect(alice)
    presence.set_status(alice, "invisible")
    clock.move(10)
    presence.set_status(alice, "busy")
    told = told_of(alice, by=bob)
    assert (told.status, told.since) == ("busy", int(clock.now.timestamp() * 1000))


def test_the_website_counts_the_invisible_as_not_there(in_acme, alice):
    make_online(alice)
    assert availability.current() == "online"
    presence.set_status(alice, "invisible")
    assert availability.current() == "offline"


def test_an_invisible_one_takes_no_conversation(in_acme, alice, bob):
    make_online(bob)
    make_online(alice, "invisible")
    waiting = make_conversation()
    with pytest.raises(errors.Invisible, match="Choose another status first"):
        conversations.accept(waiting.pk, by=alice)
    waiting.refresh_from_db()
    assert waiting.agent is None


def test_nobody_vanishes_from_a_conversation(in_acme, alice):
    make_online(alice)
    make_conversation(agent=alice)
    with pytest.raises(errors.HoldsConversations, match="End your conversations first"):
        presence.set_status(alice, "invisible")
    assert status_of(alice) == "online"


# On the sockets


@pytest.fixture
async def watching(visit, work, settings):
    """Bob and Vera, who have heard all there was."""
    settings.LEASE_GRACE_SECONDS = 0
    bob, vera = await work("bob"), await visit()
    await bob.event("agent.changed")
    assert vera.greeting["availability"] == "online"
    return bob, vera


async def everything(watching, company):
    """All that Bob and Vera have heard unasked, to the last frame: a mark of ours is published after it."""

    def mark():
        publish_now(events.Resync(), to=[audiences.colleagues()])
        publish_now(events.AvailabilityChanged(availability="busy"), to=[audiences.site()])

    await inside(company, mark)
    return [
        await all_before(client, last)
        for client, last in zip(
            watching,
            ({"type": "resync"}, {"type": "availability.changed", "availability": "busy"}),
            strict=True,
        )
    ]


async def all_before(client, last):
    while last not in client.events:
        client.events.append(await client.hear())
    return [frame for frame in client.events if "ref" not in frame and frame != last]


async def let_alarms_ring(company):
    await inside(company, lambda: None)
    await pool.run(alarms.ring_due)


async def test_of_an_invisible_one_who_comes_works_and_goes_nothing_at_all_is_heard(
    watching, work, committed, monkeypatch
):
    def be_invisible():
        Presence.objects.create(agent=Agent.objects.get(agent_id="alice"), status="invisible")

    await inside(committed.acme, be_invisible)
    monkeypatch.setattr(presence, "_AFTER", presence._AFTER * 0)
    alice = await work("alice")
    assert (await alice.ask("workspace.open"))["result"]["me"]["status"] == "invisible"
    await alice.ask("board.open")
    await alice.ask("activity.note")
    await alice.ask("status.set", status="invisible")
    second = await work("alice", session="phone")
    await second.leave()
    await alice.leave()
    await let_alarms_ring(committed.acme)
    again = await work("alice")
    await again.leave()
    assert await everything(watching, committed.acme) == [[], []]


@pytest.mark.parametrize("way", ["invisible", "signed out"])
async def test_becoming_invisible_is_heard_as_signing_out_is(watching, work, committed, way):
    bob, vera = watching
    await bob.ask("status.set", status="away")
    alice = await work("alice")
    await bob.event("agent.changed")
    await bob.event("agent.changed")
    await vera.event("availability.changed", availability="online")
    bob.events.clear()
    vera.events.clear()

    def sign_out():
        agent = Agent.objects.get(agent_id="alice")
        presence.sign_out(agent, agent.leases.first().session)

    if way == "invisible":
        await alice.ask("status.set", status="invisible")
    else:
        await inside(committed.acme, sign_out)
    to_bob, to_vera = await everything(watching, committed.acme)
    assert to_vera == [{"type": "availability.changed", "availability": "offline"}]
    assert [frame["type"] for frame in to_bob] == ["agent.changed"]
    gone = to_bob[0]["agent"]
    assert gone.pop("since") > 0
    assert gone.pop("id") > 0
    assert gone == {"agent_id": "alice", "name": "Alice", "status": "offline", "reason": "signed_out"}
    listed = (await bob.ask("workspace.open"))["result"]["agents"]
    assert next(one for one in listed if one["name"] == "Alice") == to_bob[0]["agent"] | {
        "id": listed[0]["id"],
        "since": listed[0]["since"],
    }


async def test_other_administrators_hear_the_truth(work, committed):
    def promote():
        role = Role.objects.get(kind="administrator")
        return Agent.objects.filter(agent_id="carol").update(role=role)

    def demote():
        Agent.objects.filter(agent_id="carol").update(role=Role.objects.get(kind="agent"))

    await inside(committed.acme, promote)
    try:
        carol, alice = await work("carol"), await work("alice")
        await carol.event("agent.changed")
        await alice.ask("status.set", status="invisible")
        told = await carol.event("agent.changed")
        while told["agent"]["name"] != "Alice" or told["agent"]["status"] != "invisible":
            told = await carol.event("agent.changed")
        assert told["agent"]["reason"] == "chosen" or "reason" not in told["agent"]
    finally:
        await inside(committed.acme, demote)


async def test_accepting_while_invisible_is_refused_with_a_way_out(work, visit, committed):
    bob, vera, alice = await work("bob"), await visit(), await work("alice")
    await alice.ask("status.set", status="invisible")
    asked = await vera.ask(
        "conversation.request",
        client_id=str(uuid.uuid4()),
        text="Hello",
        page={"url": "https://acme.example/", "title": ""},
    )
    talk = asked["result"]["conversation"]["id"]
    refused = await alice.ask("conversation.accept", conversation_id=talk)
    assert (refused["code"], refused["type"]) == ("invisible", "refused")
    assert (await bob.ask("conversation.accept", conversation_id=talk))["type"] == "ack"
