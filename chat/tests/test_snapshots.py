"""Events applied to an old snapshot make the fresh one, for every kind of thing that happens.

`Workspace` and `Window` do what a client must do with what it hears, and no more.
"""

import asyncio
from typing import Any

import pytest

from accounts.models import Agent
from chat.models import Lease, OfflineMessage
from chat.services import offline_messages, presence
from chat.testing import name
from core.realtime import pool
from core.testing import PATIENCE

PAGE = {"url": "https://acme.example/pricing", "title": "Pricing"}


def grow(log, entry):
    """An entry that is known already changes nothing; a gap would."""
    return log if entry["number"] <= len(log) else [*log, entry]


def with_log(conversation, log):
    """A list's line of a conversation that one follows comes from its log."""
    texts = [entry for entry in log if entry["kind"] == "text"]
    read = conversation["marks"].get("agent_read", 0)
    unread = [entry for entry in texts if entry["side"] == "visitor" and entry["number"] > read]
    derived = {"last_number": len(log), "preview": texts[-1]["text"], "unread": len(unread)}
    return conversation | derived


class Workspace:
    """What an agent sees: lists, and the logs of what they follow."""

    def __init__(self, opened, logs):
        self.opened, self.logs = opened, logs

    def hear(self, event):
        handler = getattr(self, "on_" + event["type"].replace(".", "_"), lambda event: None)
        handler(event)

    def on_conversation_changed(self, event):
        told = event["conversation"]
        others = [one for one in self.opened["conversations"] if one["id"] != told["id"]]
        kept = [told] if told["state"] != "ended" else []
        self.opened["conversations"] = sorted(others + kept, key=lambda one: (one["requested_at"], one["id"]))

    def on_entry_created(self, event):
        self.logs[event["conversation_id"]] = grow(self.logs[event["conversation_id"]], event["entry"])

    def on_conversation_marked(self, event):
        for one in self.opened["conversations"]:
            one["marks"] = event["marks"] if one["id"] == event["conversation_id"] else one["marks"]

    def on_agent_changed(self, event):
        told = event["agent"]
        self.opened["agents"] = [told if one["id"] == told["id"] else one for one in self.opened["agents"]]
        self.opened["me"] = told if told["id"] == self.opened["me"]["id"] else self.opened["me"]

    def on_offline_message_left(self, event):
        self.opened["offline_messages"] = event["unread"]

    def shown(self):
        """Of a colleague's conversation one sees whose it is, not how far it has come."""
        lines = []
        for one in self.opened["conversations"]:
            if one["id"] in self.logs:
                lines.append(with_log(one, self.logs[one["id"]]))
            else:
                lines.append(one | ({"last_number": 0, "marks": {}} if one["state"] == "active" else {}))
        return self.opened | {"conversations": lines}, self.logs


class Window:
    """What a visitor sees of their conversation: all of it follows from log and marks."""

    def __init__(self, opened):
        self.conversation, self.log = opened["conversation"], opened["entries"]

    def hear(self, event):
        if event["type"] == "entry.created":
            self.log = grow(self.log, event["entry"])
        elif event["type"] == "conversation.marked":
            self.conversation = self.conversation | {"marks": event["marks"]}

    def shown(self):
        facts = with_log(self.conversation, self.log)
        for entry in self.log:
            facts |= self.facts_of(entry)
        return facts, self.log

    def facts_of(self, entry):
        if entry["kind"] == "accepted":
            who = {"agent_id": entry["agent_id"], "agent_name": entry["author"]}
            return {"state": "active", "accepted_at": entry["at"], **who}
        if entry["kind"] == "ended":
            return {"state": "ended", "ended_at": entry["at"], "ended_by": entry["side"]}
        return {}


class Scene:
    """Vera, a visitor; Bob, who looks; Carol, his colleague. Bob has a conversation with Vera when `talk` is set."""

    def __init__(self, visit, work, acme):
        self.visit, self.work, self.acme, self.talk = visit, work, acme, 0
        self.follows: list[int] = []

    async def begin(self, is_waiting=False):
        self.bob, self.carol, self.vera = await self.work("bob"), await self.work("carol"), await self.visit()
        asked = await self.request()
        self.talk = asked["result"]["conversation"]["id"]
        if not is_waiting:
            await self.bob.ask("conversation.accept", conversation_id=self.talk)
            self.follows.append(self.talk)
        return self

    async def request(self, client=None, text="Hello"):
        return await (client or self.vera).ask("conversation.request", client_id=name(), text=text, page=PAGE)

    async def another_requests(self):
        await self.request(await self.visit())

    async def more_is_requested(self):
        await self.request(text="Anybody there?")

    async def say(self, client, text):
        await client.ask("message.send", conversation_id=self.talk, client_id=name(), text=text)

    async def vera_says_something(self):
        await self.say(self.vera, "A question")

    async def bob_says_something(self):
        await self.say(self.bob, "An answer")

    async def bob_reads(self):
        await self.bob.ask("conversation.mark", conversation_id=self.talk, delivered=3, read=3)

    async def vera_reads(self):
        await self.vera.ask("conversation.mark", conversation_id=self.talk, delivered=3, read=2)

    async def end(self, client):
        await client.ask("conversation.end", conversation_id=self.talk)

    async def vera_ends(self):
        await self.end(self.vera)

    async def bob_ends(self):
        await self.end(self.bob)

    async def bob_accepts(self):
        await self.bob.ask("conversation.accept", conversation_id=self.talk)

    async def carol_accepts(self):
        await self.carol.ask("conversation.accept", conversation_id=self.talk)

    async def carol_is_busy(self):
        await self.carol.ask("status.set", status="busy")

    async def bob_is_away(self):
        await self.bob.ask("status.set", status="away")

    async def alice_comes(self):
        await self.work("alice")

    async def carol_signs_out(self):
        def sign_out():
            presence.sign_out(Agent.objects.get(agent_id="carol"), self.carol_session())

        await self.inside(sign_out)

    def carol_session(self):
        return Lease.objects.get(agent__agent_id="carol").session

    async def an_offline_message_is_left(self):
        await self.vera.ask("offline_message.leave", client_id=name(), text="Later", page=PAGE)

    async def it_is_read(self):
        def read():
            offline_messages.mark_read(OfflineMessage.objects.get(), by=Agent.objects.get(agent_id="carol"))

        await self.inside(read)

    async def inside(self, function):
        with self.acme.entered():
            await pool.run(function)

    async def workspace(self):
        opened = (await self.bob.ask("workspace.open"))["result"]
        del opened["kind"]
        return Workspace(opened, {one: (await self.log(self.bob, one))["entries"] for one in self.follows})

    async def window(self):
        return Window(await self.log(self.vera, self.talk))

    async def log(self, client, conversation_id) -> dict[str, Any]:
        return (await client.ask("conversation.follow", conversation_id=conversation_id))["result"]


async def agree(old, client, fresh_one):
    """The old view, fed with what the client hears, becomes the fresh one."""
    before = repr(old.shown())
    async with asyncio.timeout(PATIENCE):
        while True:
            fresh = await fresh_one()
            for event in client.events:
                old.hear(event)
            client.events.clear()
            if old.shown() == fresh.shown():
                break
            await asyncio.sleep(0.02)
    assert repr(fresh.shown()) != before


@pytest.fixture
def scene(visit, work, committed):
    return Scene(visit, work, committed.acme)


TALKING = [
    "another_requests", "vera_says_something", "bob_says_something", "bob_reads", "vera_reads", "vera_ends",
    "bob_ends", "carol_is_busy", "bob_is_away", "alice_comes", "carol_signs_out", "an_offline_message_is_left",
]  # fmt: skip
WAITING = ["more_is_requested", "vera_says_something", "carol_accepts", "vera_ends"]


@pytest.mark.parametrize("deed", TALKING)
async def test_the_workspace_while_talking(scene, deed):
    await scene.begin()
    old = await scene.workspace()
    scene.bob.events.clear()
    await getattr(scene, deed)()
    await agree(old, scene.bob, scene.workspace)


@pytest.mark.parametrize("deed", WAITING)
async def test_the_workspace_while_somebody_waits(scene, deed):
    await scene.begin(is_waiting=True)
    old = await scene.workspace()
    scene.bob.events.clear()
    await getattr(scene, deed)()
    await agree(old, scene.bob, scene.workspace)


async def test_the_workspace_when_an_offline_message_is_read(scene):
    await scene.begin()
    await scene.an_offline_message_is_left()
    await scene.bob.event("offline_message.left")
    old = await scene.workspace()
    await scene.it_is_read()
    await agree(old, scene.bob, scene.workspace)


@pytest.mark.parametrize(
    "deed", ["vera_says_something", "bob_says_something", "bob_reads", "vera_reads", "vera_ends", "bob_ends"]
)
async def test_the_visitors_window_while_talking(scene, deed):
    await scene.begin()
    old = await scene.window()
    scene.vera.events.clear()
    await getattr(scene, deed)()
    await agree(old, scene.vera, scene.window)


@pytest.mark.parametrize("deed", ["bob_accepts", "vera_says_something", "vera_ends"])
async def test_the_visitors_window_while_waiting(scene, deed):
    await scene.begin(is_waiting=True)
    old = await scene.window()
    scene.vera.events.clear()
    await getattr(scene, deed)()
    await agree(old, scene.vera, scene.window)
