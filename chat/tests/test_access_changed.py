"""What an agent may do is changed while they are there: sockets hear nothing more by the old rules."""

import asyncio
import threading

import pytest

from accounts.models import Agent, Role
from accounts.services import groups, roles
from chat.consumers import rights
from chat.testing import name
from core.realtime import pool

RESTARTING = 1012


@pytest.fixture
def edit_role(committed):
    """`await edit_role("agent", ["monitor"])`."""

    def edit(kind, capabilities):
        with committed.acme.entered():
            role, alice = Role.objects.get(kind=kind), Agent.objects.get(agent_id="alice")
            roles.edit(role, seen=role.version, name="", capabilities=capabilities, by=alice)

    async def editing(kind, capabilities):
        await pool.run(edit, kind, capabilities)

    return editing


@pytest.fixture
def sales(committed):
    with committed.acme.entered():
        group = groups.add(name="Sales", agents=[Agent.objects.get(agent_id="bob")])
    yield group
    with committed.acme.entered():
        type(group).objects.all().delete()


@pytest.fixture
def bob_pk(committed):
    with committed.acme.entered():
        return Agent.objects.get(agent_id="bob").pk


async def test_they_are_told_what_they_may_now_and_come_again(work, edit_role):
    bob = await work("bob")
    await edit_role("agent", ["take_chats", "monitor"])
    told = await bob.event("agent.access_changed")
    assert told["capabilities"] == ["monitor", "take_chats"]
    assert await bob.closed() == RESTARTING


class Arrival:
    """Reads who the agent is, and keeps it back until it may go on."""

    def __init__(self, read):
        self.read, self.has_read, self.may_go_on = read, threading.Event(), threading.Event()

    def __call__(self, *arguments):
        found = self.read(*arguments)
        self.has_read.set()
        self.may_go_on.wait(5)
        return found


@pytest.fixture
def arrival(monkeypatch):
    arrival = Arrival(rights.of)
    monkeypatch.setattr(rights, "of", arrival)
    return arrival


class Listener:
    """Hears after whoever has joined before."""

    def __init__(self):
        self.heard = asyncio.Event()

    def push(self, packet):
        self.heard.set()


async def test_a_change_while_they_arrive_is_heard(live, work, edit_role, committed, bob_pk, arrival):
    opening = asyncio.create_task(work("bob"))
    await asyncio.to_thread(arrival.has_read.wait, 5)
    listener = Listener()
    await live.hub.join(f"{committed.acme.schema_name}:access:{bob_pk}", listener)
    await edit_role("agent", ["take_chats", "monitor"])
    await asyncio.wait_for(listener.heard.wait(), 5)
    arrival.may_go_on.set()
    bob = await opening
    assert bob.greeting["code"] == "forbidden"
    assert [event["type"] for event in bob.events] == ["agent.access_changed"]
    assert await bob.closed() == RESTARTING


async def test_others_are_left_alone(work, edit_role):
    alice = await work("alice")
    await edit_role("agent", ["take_chats", "monitor"])
    assert (await alice.ask("heartbeat"))["type"] == "heartbeat.answered"
    assert not [event for event in alice.events if event["type"] == "agent.access_changed"]


async def test_whoever_may_not_take_chats_any_more_hears_no_words(work, visit, edit_role):
    alice, bob = await work("alice"), await work("bob")
    await edit_role("agent", [])
    await bob.closed()
    again = await work("bob")
    vera = await visit()
    page = {"url": "https://acme.example/"}
    await vera.ask("conversation.request", client_id=name(), text="A secret", page=page)
    await alice.event("conversation.changed")
    heard = await again.event("conversation.changed")
    assert "A secret" not in repr([heard, *again.events, *bob.events])
    refused = await again.ask("conversation.accept", conversation_id=heard["conversation"]["id"])
    assert refused["code"] == "forbidden"


async def test_records_withdrawn_are_heard_no_more(work, visit, edit_role):
    await edit_role("agent", ["take_chats", "see_all_records"])
    bob, carol, vera = await work("bob"), await work("carol"), await visit()
    page = {"url": "https://acme.example/"}
    asked = await vera.ask("conversation.request", client_id=name(), text="Hello", page=page)
    talk = asked["result"]["conversation"]["id"]
    await bob.ask("conversation.accept", conversation_id=talk)
    await carol.ask("conversation.follow", conversation_id=talk)
    await edit_role("agent", ["take_chats"])
    await carol.closed()
    again = await work("carol")
    assert (await again.ask("conversation.follow", conversation_id=talk))["code"] == "not_found"
    await vera.ask("message.send", conversation_id=talk, client_id=name(), text="A secret")
    assert (await again.ask("heartbeat"))["type"] == "heartbeat.answered"
    assert "A secret" not in repr([*carol.events, *again.events])


async def test_what_is_for_a_group_reaches_its_agents(work, visit, sales):
    bob, carol, vera = await work("bob"), await work("carol"), await visit()
    page = {"url": "https://acme.example/"}
    asked = await vera.ask(
        "conversation.request", client_id=name(), text="A secret", page=page, group=sales.pk
    )
    assert "Sales" not in repr(asked)
    talk = asked["result"]["conversation"]["id"]
    heard = await bob.event("conversation.changed")
    while not heard["conversation"].get("preview"):
        heard = await bob.event("conversation.changed")
    assert heard["conversation"]["taken_by"] == sales.pk
    refused = await carol.ask("conversation.accept", conversation_id=talk)
    assert refused["code"] == "other_group"
    assert (await carol.ask("conversation.follow", conversation_id=talk))["code"] == "not_found"
    opened = (await carol.ask("workspace.open"))["result"]
    assert "A secret" not in repr([opened, *carol.events])
    assert (await bob.ask("conversation.accept", conversation_id=talk))["type"] == "ack"


async def test_joining_a_group_brings_what_waits_for_it(work, visit, sales, committed):
    def join():
        with committed.acme.entered():
            members = list(Agent.objects.filter(agent_id__in=["bob", "carol"]))
            groups.edit(sales, seen=0, name="Sales", description="", agents=members)

    await work("bob")
    carol, vera = await work("carol"), await visit()
    page = {"url": "https://acme.example/"}
    await vera.ask("conversation.request", client_id=name(), text="Hello", page=page, group=sales.pk)
    await pool.run(join)
    await carol.closed()
    again = await work("carol")
    opened = (await again.ask("workspace.open"))["result"]
    assert opened["groups"] == [sales.pk]
    assert opened["conversations"][0]["preview"] == "Hello"


async def test_the_website_shows_the_group(work, visit, sales):
    await work("carol")
    vera = await visit()
    assert vera.greeting["availability"] == "online"
    assert vera.greeting["groups"] == {str(sales.pk): "offline"}
    await work("bob")
    told = await vera.event("availability.changed")
    assert told.get("groups", {}) == {}
