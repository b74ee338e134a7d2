"""Two hosts of sockets, one Valkey: they talk, one is cut off, and what was missed is made up for."""

import asyncio

import pytest
from websockets.asyncio.client import ClientConnection, connect

from accounts.models import Agent
from accounts.testing import make_socket_token
from chat.testing import name
from chat.tests.server import say
from config.tests import hosts
from core.realtime import pool

PAGE = {"url": "https://acme.example/", "title": "Acme"}
_why_not = hosts.why_not()

pytestmark = [
    pytest.mark.skipif(bool(_why_not), reason=f"Two hosts could not be made: {_why_not}."),
    pytest.mark.timeout(120),
]


@pytest.fixture
async def pair(committed):
    async with hosts.running(2) as pair:
        yield pair


class Person:
    """A client at one of the hosts."""

    def __init__(self, company):
        self.company = company
        self.wire: ClientConnection
        self.token = ""
        self.ref = 0

    async def ask(self, type_, **fields):
        self.ref += 1
        async with asyncio.timeout(10):
            return await say(self.wire, type_, self.ref, **fields)

    async def says(self, conversation, text, client_id=None):
        words = {"client_id": client_id or name(), "text": text}
        answer = await self.ask("message.send", conversation_id=conversation, **words)
        assert answer["type"] == "ack", answer

    async def log(self, conversation):
        opened = await self.ask("conversation.follow", conversation_id=conversation, after=0)
        return [entry["text"] for entry in opened["result"]["entries"] if entry["kind"] == "text"]

    async def hears(self, conversation, text):
        """As it comes, without asking."""
        async with asyncio.timeout(10):
            async for frame in self.wire:
                if "entry.created" in frame and text in frame:
                    return

    async def arrives(self, host, role, **opening):
        self.wire = await connect(host.url(self.company.company_id, role), compression=None, close_timeout=1)
        return await self.ask("session.open", **opening)


async def agent_at(host, company):
    def token():
        with company.entered():
            return make_socket_token(company, Agent.objects.get(agent_id="bob"), "session")

    bob = Person(company)
    await bob.arrives(host, "agent", token=await pool.run(token))
    return bob


async def visitor_at(host, company, token=""):
    vera = Person(company)
    vera.token = (await vera.arrives(host, "visitor", page=PAGE, token=token))["token"]
    return vera


async def test_one_host_is_cut_off_and_comes_back(pair, committed):
    first, second = pair
    vera, bob = await visitor_at(first, committed.acme), await agent_at(second, committed.acme)
    begun = await vera.ask("conversation.request", client_id=name(), text="vera 1", page=PAGE)
    conversation = begun["result"]["conversation"]["id"]
    assert (await bob.ask("conversation.accept", conversation_id=conversation))["type"] == "ack"
    await bob.says(conversation, "bob 1")
    await vera.hears(conversation, "bob 1")

    await first.pull_cable()
    await bob.says(conversation, "bob 2")
    # As a load balancer would send her: to the host that is still there, which knows her by her token.
    moved = await visitor_at(second, committed.acme, token=vera.token)
    assert await moved.log(conversation) == ["vera 1", "bob 1", "bob 2"]
    await moved.says(conversation, "vera 2")
    await bob.hears(conversation, "vera 2")
    await moved.wire.close()

    await first.put_cable_back()
    back = await until_talking(first, committed.acme, vera.token, conversation)
    await bob.says(conversation, "bob 3")
    await back.hears(conversation, "bob 3")
    assert await back.log(conversation) == ["vera 1", "bob 1", "bob 2", "vera 2", "vera 3", "bob 3"]
    assert await bob.log(conversation) == await back.log(conversation)


async def until_talking(host, company, token, conversation):
    """As a browser tries again: until the host has found the stores again, too."""
    client_id = name()
    async with asyncio.timeout(45):
        while True:
            try:
                vera = await visitor_at(host, company, token=token)
                await vera.ask("conversation.follow", conversation_id=conversation, after=0)
                await vera.says(conversation, "vera 3", client_id)
            except (OSError, TimeoutError, AssertionError, KeyError):
                await asyncio.sleep(1)
            else:
                return vera
