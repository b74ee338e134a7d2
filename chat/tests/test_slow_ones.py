"""Slow queries and slow receivers are nobody else's trouble."""

import asyncio
import os
import threading

import pytest
import redis
from django.conf import settings

from chat.consumers.agent import AgentSocket
from chat.services import conversations
from chat.testing import name
from chat.tests.server import say
from core.realtime import packets
from core.testing import PATIENCE
from protocol import events

PAGE = {"url": "https://acme.example/"}


@pytest.fixture
def slow_query(monkeypatch):
    """Whoever follows a conversation waits for the database, until this is set."""
    opened, answers = conversations.opened, threading.Event()

    def slowly(*args):
        assert answers.wait(PATIENCE)
        return opened(*args)

    monkeypatch.setattr(conversations, "opened", slowly)
    return answers


async def test_a_slow_query_delays_neither_its_own_socket_nor_others(visit, work, slow_query):
    await work("bob")
    vera, eve = await visit(), await visit()
    slow = await vera.begin("conversation.request", client_id=name(), text="Hello", page=PAGE)
    for _ in range(20):
        assert (await vera.ask("heartbeat"))["type"] == "heartbeat.answered"
        assert (await eve.ask("heartbeat"))["type"] == "heartbeat.answered"
    assert slow not in {event.get("ref") for event in vera.events}
    slow_query.set()
    assert (await vera.answer(slow))["type"] == "ack"


async def open_without_reading(server, path):
    """A WebSocket whose client asks nothing and takes nothing."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=1)
    key = "dGhlIHNhbXBsZSBub25jZQ=="
    lines = [
        f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{server.port}", "Upgrade: websocket", "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", "", "",
    ]  # fmt: skip
    writer.write("\r\n".join(lines).encode())
    assert (await reader.read(1000)).startswith(b"HTTP/1.1 101")
    frame = b'{"type":"session.open","ref":1,"page":{"url":"https://acme.example/"}}'
    mask = os.urandom(4)
    masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(frame))
    writer.write(bytes([0x81, 0x80 | len(frame)]) + mask + masked)
    await writer.drain()
    return reader, writer


async def taken(reader):
    """How many bytes there are until the server ends it."""
    total = 0
    try:
        while data := await reader.read(1 << 20):
            total += len(data)
    except ConnectionError:
        pass
    return total


async def test_a_receiver_that_takes_nothing_is_cut_off_and_the_others_hear_all(server, committed):
    acme = committed.acme
    reader, writer = await open_without_reading(server, f"/live/c/{acme.company_id}/visitor")
    async with server.socket(acme.company_id, "visitor") as healthy:
        await say(healthy, "session.open", 1, page=PAGE)
        payload = packets.encoder.encode(events.AvailabilityChanged(availability="busy")).ljust(100_000)
        with redis.Redis.from_url(settings.REDIS_URL) as valkey:
            for _ in range(200):
                valkey.publish(f"{acme.schema_name}:site", payload)
                assert len(await asyncio.wait_for(healthy.recv(), PATIENCE)) == len(payload)
    size = await asyncio.wait_for(taken(reader), PATIENCE)
    writer.close()
    assert settings.SEND_BUFFER_LIMIT < size < 200 * len(payload)


class Line:
    """A slow one: so many bytes wait on it."""

    def __init__(self, waiting):
        self.waiting = waiting
        self.code = None

    def push(self, packet):
        return self.waiting

    def close(self, code, *, abort=False):
        self.code = code

    def end(self):
        pass


async def test_who_has_asked_for_a_long_list_may_take_longer():
    socket = AgentSocket()
    for asked_for, waiting, code in (
        (0, 2_000_000, 4009),
        (4_000_000, 2_000_000, None),
        (4_000_000, 6_000_000, 4009),
    ):
        socket.asked_for, socket.outlet = asked_for, (line := Line(waiting))
        socket.push(packets.packet(events.Resync()))
        assert line.code == code
