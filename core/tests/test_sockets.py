"""The base of all sockets, with a language of its own: what it promises whatever the commands are."""

import asyncio
from typing import Any, ClassVar

import msgspec
import pytest
from channels.testing import ApplicationCommunicator

from core import errors
from core.realtime import sockets
from core.realtime.packets import Packet
from protocol import base, events


class Open(base.Command, frozen=True, kw_only=True, tag="open"):
    pass


class Wait(base.Command, frozen=True, kw_only=True, tag="wait"):
    """Carried out in a task of its own, when the test lets it."""


class Ping(base.Command, frozen=True, kw_only=True, tag="ping"):
    """Carried out at once."""


class Break(base.Command, frozen=True, kw_only=True, tag="break"):
    """Fails at once, as nobody foresaw."""


class BreakLater(base.Command, frozen=True, kw_only=True, tag="break_later"):
    """Fails in its task, as nobody foresaw."""


class Refuse(base.Command, frozen=True, kw_only=True, tag="refuse"):
    pass


class Socket(sockets.LiveSocket):
    decoder: ClassVar[msgspec.json.Decoder[Any]] = msgspec.json.Decoder(
        Open | Wait | Ping | Break | BreakLater | Refuse
    )
    opening = Open
    handlers: ClassVar[dict[type[base.Command], str]] = {
        Wait: "wait",
        Ping: "ping",
        Break: "break_",
        BreakLater: "break_later",
        Refuse: "refuse_it",
    }
    go: ClassVar[asyncio.Event]
    under_way: ClassVar[int]
    last: ClassVar["Socket"]

    async def opened(self, command: Open) -> None:
        type(self).last = self
        self.say(events.Ack(ref=command.ref))

    async def wait(self, command: Wait) -> None:
        Socket.under_way += 1
        try:
            await self.go.wait()
        finally:
            Socket.under_way -= 1

    def ping(self, command: Ping) -> None:
        self.say(events.Ack(ref=command.ref))

    def break_(self, command: Break) -> None:
        raise ZeroDivisionError

    async def break_later(self, command: BreakLater) -> None:
        raise ZeroDivisionError

    async def refuse_it(self, command: Refuse) -> None:
        raise errors.Forbidden


class Client:
    def __init__(self, **scope):
        self.wire = ApplicationCommunicator(Socket(), {"type": "websocket", **scope})

    async def begin(self):
        await self.wire.send_input({"type": "websocket.connect"})
        assert await self.wire.receive_output() == {"type": "websocket.accept"}
        await self.say("open", 1)
        assert (await self.hear())["type"] == "ack"

    async def say(self, tag, ref):
        text = '{"type":"%s","ref":%d}' % (tag, ref)
        await self.wire.send_input({"type": "websocket.receive", "text": text})

    async def hear(self):
        return msgspec.json.decode((await self.wire.receive_output(5))["text"])

    async def leave(self):
        await self.wire.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wire.wait()


@pytest.fixture
async def client():
    Socket.go, Socket.under_way = asyncio.Event(), 0
    client = Client()
    await client.begin()
    yield client
    await client.leave()


async def test_a_slow_command_delays_no_other_of_the_same_socket(client):
    await client.say("wait", 2)
    for ref in range(3, 13):
        await client.say("ping", ref)
    assert [(await client.hear())["ref"] for _ in range(10)] == list(range(3, 13))
    Socket.go.set()
    assert await client.hear() == {"type": "ack", "ref": 2}


async def test_many_slow_commands_are_told_to_slow_down(client):
    for ref in range(2, 19):
        await client.say("wait", ref)
    refused = await client.hear()
    assert (refused["ref"], refused["code"], refused["retry_after"]) == (18, "slow_down", 1.0)
    Socket.go.set()
    assert [(await client.hear())["ref"] for _ in range(16)] == list(range(2, 18))
    await client.say("wait", 19)
    assert await client.hear() == {"type": "ack", "ref": 19}


@pytest.mark.parametrize("tag", ["break", "break_later"])
async def test_what_fails_unforeseen_is_answered_in_words_and_the_socket_lives(client, tag):
    await client.say(tag, 2)
    assert await client.hear() == {
        "type": "refused",
        "ref": 2,
        "code": "unavailable",
        "message": "This did not work just now. Nothing is lost; it will be tried again.",
        "retry_after": 1.0,
    }
    await client.say("ping", 3)
    assert await client.hear() == {"type": "ack", "ref": 3}


async def test_a_domain_error_is_a_refusal_with_its_words(client):
    await client.say("refuse", 2)
    assert await client.hear() == {
        "type": "refused",
        "ref": 2,
        "code": "forbidden",
        "message": "You do not have the permission for this. Ask an administrator of your company.",
    }


async def test_when_the_socket_goes_what_it_asked_for_ends(client):
    await client.say("wait", 2)
    await client.say("ping", 3)
    await client.hear()
    assert Socket.under_way == 1
    await client.leave()
    await asyncio.sleep(0)
    assert Socket.under_way == 0


async def test_a_socket_may_go_before_it_is_opened():
    client = Client()
    await client.wire.send_input({"type": "websocket.connect"})
    await client.wire.receive_output()
    await client.leave()


class Careless(Socket):
    """Takes something in its opening, whatever comes between."""

    taken: ClassVar[list[str]] = []
    fails: ClassVar[bool] = False

    async def opened(self, command: Open) -> None:
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            await asyncio.sleep(0)
        self.taken.append("it")
        if self.fails:
            raise ZeroDivisionError
        await super().opened(command)

    async def closed(self) -> None:
        self.taken.clear()


@pytest.fixture
async def careless(monkeypatch):
    Socket.go = asyncio.Event()
    monkeypatch.setattr(Careless, "fails", False)
    client = Client()
    client.wire = ApplicationCommunicator(Careless(), {"type": "websocket"})
    await client.wire.send_input({"type": "websocket.connect"})
    await client.wire.receive_output()
    await client.say("open", 1)
    await asyncio.sleep(0.01)
    return client


async def test_an_opening_that_goes_on_after_the_socket_is_gone_keeps_nothing(careless):
    await careless.leave()
    await asyncio.sleep(0.01)
    assert Careless.taken == []


async def test_an_opening_that_fails_keeps_nothing(careless, monkeypatch):
    monkeypatch.setattr(Careless, "fails", True)
    Socket.go.set()
    assert (await careless.hear())["code"] == "unavailable"
    assert Careless.taken == []
    monkeypatch.setattr(Careless, "fails", False)
    await careless.say("open", 2)
    assert (await careless.hear())["type"] == "ack"
    assert Careless.taken == ["it"]
    await careless.leave()


class Direct:
    """A server's direct way out to a receiver that takes nothing."""

    on_text: Any = None

    def __init__(self):
        self.bytes = 0
        self.closed = None

    def push(self, frame):
        before, self.bytes = self.bytes, self.bytes + len(frame)
        return before

    def close_with(self, code, *, abort):
        self.closed = code, abort

    def detach(self, on_gone):
        self.on_gone = on_gone


@pytest.fixture
async def slow():
    direct = Direct()
    client = Client(extensions={"parley.direct": direct})
    await client.wire.send_input({"type": "websocket.connect"})
    await client.wire.receive_output()
    direct.on_text(b'{"type":"open","ref":1}')
    await asyncio.sleep(0)
    yield direct
    await direct.on_gone()


async def test_a_receiver_that_takes_nothing_is_cut_off_at_the_bound(slow, settings):
    packet = Packet(b"x" * 65_000)
    while slow.closed is None:
        Socket.last.push(packet)
    assert slow.closed == (4009, True)
    assert slow.bytes <= settings.SEND_BUFFER_LIMIT + 2 * len(packet.frame)


async def test_one_large_answer_alone_cuts_nobody_off(slow, settings):
    Socket.last.push(Packet(b"x" * settings.SEND_BUFFER_LIMIT * 2))
    assert slow.closed is None
