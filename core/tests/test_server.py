"""Sockets on a real server: once they are accepted they live on without a task, and are still seen out."""

import asyncio
import contextlib
import socket

import pytest
import uvicorn
from websockets.asyncio.client import connect

from core.realtime import outlets, packets, roster, server, sockets
from core.testing import until
from core.tests.test_sockets import Socket


class Guest(Socket):
    side = "guest"
    gone = 0

    async def closed(self):
        Guest.gone += 1


@pytest.fixture
async def address():
    """Of a server in this very process."""
    Guest.gone = 0
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(Guest.as_asgi(), ws=server.DirectWebSocket, lifespan="off", log_level="error")
    running = uvicorn.Server(config)
    task = asyncio.create_task(running.serve([listening]))
    yield f"ws://127.0.0.1:{listening.getsockname()[1]}/"
    running.should_exit = True
    await asyncio.wait_for(task, 10)
    assert not roster.count()


async def opened(address):
    wire = await connect(address, compression=None)
    await wire.send('{"type":"open","ref":1}')
    assert "ack" in await wire.recv()
    return wire


async def test_commands_are_answered_after_the_application_has_returned(address):
    wire = await opened(address)
    await wire.send('{"type":"ping","ref":2}')
    await wire.send(b'{"type":"ping","ref":3}')
    assert ['"ref":%d' % ref in await wire.recv() for ref in (2, 3)] == [True, True]
    await wire.close()


@pytest.mark.parametrize("manner", ["says good-bye", "vanishes", "is closed by us"])
async def test_whoever_goes_is_seen_out_once(address, manner):
    wire = await opened(address)
    assert roster.count() == {(Guest.side, "websocket"): 1}
    if manner == "says good-bye":
        await wire.close()
    elif manner == "vanishes":
        wire.transport.abort()
    else:
        Guest.last.outlet.close(sockets.SESSION_OVER)
        await wire.wait_closed()
    await until(lambda: Guest.gone)
    await asyncio.sleep(0.05)
    assert Guest.gone == 1
    assert not roster.count()


async def test_one_who_answers_no_ping_is_cut_off_at_once(address):
    wire = await opened(address)
    assert isinstance(Guest.last.outlet, outlets.DirectOutlet)
    Guest.last.outlet._connection.keepalive_timeout()
    await until(lambda: Guest.gone)
    with contextlib.suppress(Exception):
        await wire.close()


async def test_a_server_that_ends_sees_everybody_out_first(address):
    """It ends in the fixture, which looks that nobody is left."""
    await opened(address)
    await opened(address)
    assert roster.count() == {(Guest.side, "websocket"): 2}


@pytest.fixture
async def written(address, monkeypatch):
    """Everything that the server writes to one guest from now on, write by write."""
    wire = await opened(address)
    found: list[bytes] = []

    class Transport:
        def __init__(self, true):
            self.true = true

        def write(self, data):
            found.append(data)
            self.true.write(data)

        def __getattr__(self, name):
            return getattr(self.true, name)

    assert isinstance(Guest.last.outlet, outlets.DirectOutlet)
    connection = Guest.last.outlet._connection
    monkeypatch.setattr(connection, "transport", Transport(connection.transport))
    yield found
    await wire.close()


def said(*texts):
    for text in texts:
        Guest.last.push(packets.Packet(text))


async def test_what_is_said_in_one_turn_of_the_loop_is_written_at_once(written):
    said(b"one", b"two")
    assert written == []
    await asyncio.sleep(0)
    said(b"three")
    await asyncio.sleep(0)
    assert written == [packets.framed(b"one") + packets.framed(b"two"), packets.framed(b"three")]


async def test_what_is_long_waits_for_nothing_else(written):
    said(b"x" * 70_000)
    assert len(written) == 1


async def test_what_was_said_before_a_close_comes_before_it(written):
    said(b"last words")
    Guest.last.outlet.close(sockets.SESSION_OVER)
    await until(lambda: len(written) > 1)
    assert written[0] == packets.framed(b"last words")
    assert written[1].startswith(b"\x88")


async def test_one_who_is_cut_off_hears_no_more(written):
    said(b"too late")
    Guest.last.outlet.close(sockets.SLOW_RECEIVER, abort=True)
    await asyncio.sleep(0.05)
    assert written == []
