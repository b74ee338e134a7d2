import asyncio
from typing import Any

import pytest
from websockets.frames import Frame, Opcode

from core.realtime import outlets
from core.realtime.packets import Packet

CHINESE = Packet("你好".encode())


class Wire:
    """The send side of an ASGI server; holds messages back until let go."""

    def __init__(self):
        self.sent = []
        self.go = asyncio.Event()
        self.go.set()

    async def __call__(self, message):
        await self.go.wait()
        self.sent.append(message)


@pytest.fixture
def wire():
    return Wire()


@pytest.fixture
async def outlet(wire):
    outlet = outlets.of({}, wire, on_text=lambda text: None)
    yield outlet
    outlet.end()


async def turn():
    await asyncio.sleep(0.01)


async def test_packets_leave_in_order_as_text(outlet, wire):
    outlet.push(CHINESE)
    outlet.push(Packet(b"2"))
    await turn()
    assert wire.sent == [
        {"type": "websocket.send", "text": "你好"},
        {"type": "websocket.send", "text": "2"},
    ]


async def test_it_tells_what_was_not_taken_yet(outlet, wire):
    wire.go.clear()
    assert outlet.push(CHINESE) == 0
    assert outlet.push(Packet(b"123")) == 6
    assert outlet.push(Packet(b"4")) == 9


async def test_what_has_left_is_forgotten_whatever_its_language(outlet, wire):
    for _ in range(100):
        outlet.push(CHINESE)
        await asyncio.sleep(0)
    await turn()
    assert outlet.push(CHINESE) == 0


async def test_closing_comes_after_what_was_said(outlet, wire):
    outlet.push(CHINESE)
    outlet.close(4008)
    await turn()
    assert wire.sent[-1] == {"type": "websocket.close", "code": 4008}
    assert len(wire.sent) == 2


async def test_cutting_off_drops_what_was_not_taken(outlet, wire):
    wire.go.clear()
    for _ in range(10):
        outlet.push(CHINESE)
    outlet.close(4009, abort=True)
    wire.go.set()
    await turn()
    assert wire.sent[-1] == {"type": "websocket.close", "code": 4009}
    assert len(wire.sent) <= 2


async def test_cutting_off_reaches_a_receiver_that_is_stuck_in_a_frame():
    sent = []

    async def stuck(message):
        if message["type"] == "websocket.send":
            await asyncio.Event().wait()
        sent.append(message)

    outlet = outlets.of({}, stuck, on_text=lambda text: None)
    outlet.push(CHINESE)
    outlet.push(CHINESE)
    await turn()
    outlet.close(4009, abort=True)
    await turn()
    assert sent == [{"type": "websocket.close", "code": 4009}]
    outlet.end()


async def test_a_socket_that_is_gone_disturbs_nobody():
    async def broken(message):
        raise RuntimeError("closed")

    outlet = outlets.of({}, broken, on_text=lambda text: None)
    outlet.push(CHINESE)
    await turn()
    outlet.push(CHINESE)
    outlet.end()


class Direct:
    on_text: Any = None

    def __init__(self):
        self.written = []
        self.closed = []

    def push(self, frame):
        self.written.append(frame)
        return 0

    def close_with(self, code, *, abort):
        self.closed.append((code, abort))


async def test_where_the_server_offers_it_frames_go_straight_in_and_out(wire):
    heard: list[bytes] = []
    direct = Direct()
    outlet = outlets.of({"extensions": {"parley.direct": direct}}, wire, on_text=heard.append)
    direct.on_text(b"in")
    outlet.push(Packet(b"out"))
    outlet.close(4001)
    assert (heard, direct.written, direct.closed) == ([b"in"], [b"\x81\x03out"], [(4001, False)])
    outlet.end()
    assert direct.on_text is None


@pytest.mark.parametrize("size", [0, 125, 126, 65535, 65536])
def test_a_frame_says_its_length(size):
    payload = b"x" * size
    assert Packet(payload).frame == Frame(Opcode.TEXT, payload).serialize(mask=False)
