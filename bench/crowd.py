"""Many sockets held by one process: who listens, says small things now and then, or is cut off and comes back.

The load generator (load/) is for what must cost nothing beside what it measures; here only the servers' processor
time counts, and a crowd may be as dear as it likes.
"""

import asyncio
import base64
import os
import time
from collections.abc import Iterable, Sequence
from typing import Any

from bench import plan

#: Handshakes under way at the same time.
AT_ONCE = 100
PATIENCE = 60.0
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10


class Lost(Exception):
    """The socket was refused or closed before it had said its openings."""


class Member(asyncio.Protocol):
    """One socket: says its openings one after another, then counts the frames it hears."""

    def __init__(self, socket: plan.Socket) -> None:
        self.socket = socket
        self.heard = 0
        self.is_closed = False
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._left = list(socket.openings)
        self._data = bytearray()
        self._is_upgraded = False
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._transport.write(_handshake(self.socket))

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_closed = True
        if not self.opened.done():
            self.opened.set_exception(Lost(self.socket.path))

    def data_received(self, data: bytes) -> None:
        self._data += data
        if not self._is_upgraded:
            head, found, rest = bytes(self._data).partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.split(b"\r\n")[0]:
                self._transport.close()
                return
            self._is_upgraded, self._data = True, bytearray(rest)
            self._say_next()
        for kind, payload in _frames(self._data):
            self._hear(kind, payload)

    def say(self, text: str) -> None:
        self._transport.write(_frame(_TEXT, text.encode()))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def _hear(self, kind: int, payload: bytes) -> None:
        if kind == _PING:
            self._transport.write(_frame(_PONG, payload))
        elif kind == _CLOSE:
            self._transport.close()
        elif self._left and self._left[0].expected.encode() in payload:
            self._left.pop(0)
            self._say_next()
        else:
            self.heard += 1

    def _say_next(self) -> None:
        while self._left:
            self.say(self._left[0].frame)
            if self._left[0].expected:
                return
            self._left.pop(0)
        if not self.opened.done():
            self.opened.set_result(None)


class Crowd:
    def __init__(self) -> None:
        self.members: list[Member] = []

    async def open(self, sockets: Iterable[plan.Socket]) -> float:
        """Open them all; returns the seconds it took until the last one was greeted. Raises Lost."""
        began = time.monotonic()
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(socket: plan.Socket) -> Member:
            async with gate:
                return await opened(socket)

        self.members += await asyncio.gather(*map(one, sockets))
        return time.monotonic() - began

    @property
    def heard(self) -> int:
        """Frames that all of them have heard since they were open."""
        return sum(member.heard for member in self.members)

    @property
    def closed(self) -> int:
        return sum(member.is_closed for member in self.members)

    def close(self) -> None:
        for member in self.members:
            member.close()
        self.members = []


async def opened(socket: plan.Socket) -> Member:
    """One socket that has said its openings and been answered."""
    loop = asyncio.get_running_loop()
    _, member = await loop.create_connection(lambda: Member(socket), "127.0.0.1", socket.port)
    try:
        await asyncio.wait_for(member.opened, PATIENCE)
    except BaseException:
        member.close()
        raise
    return member


def _handshake(socket: plan.Socket) -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET {socket.path} HTTP/1.1",
        f"Host: 127.0.0.1:{socket.port}",
        f"Origin: http://127.0.0.1:{socket.port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
        *socket.headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def _frame(kind: int, payload: bytes) -> bytes:
    """A client's frame; under a mask of zeros the payload stays as it is."""
    size = len(payload)
    head = bytes([0x80 | kind, 0x80 | size]) if size < 126 else bytes([0x80 | kind, 0xFE, *size.to_bytes(2)])
    return head + bytes(4) + payload


def _frames(data: bytearray) -> Sequence[tuple[int, bytes]]:
    """Take the whole frames off the front of what has come in."""
    found, at = [], 0
    while len(data) - at >= 2:
        size, start = data[at + 1] & 0x7F, at + 2
        if size >= 126:
            width = 2 if size == 126 else 8
            size, start = int.from_bytes(data[start : start + width]), start + width
        if len(data) < start + size:
            break
        found.append((data[at] & 0x0F, bytes(data[start : start + size])))
        at = start + size
    del data[:at]
    return found
