"""One connection to Valkey that speaks its protocol on the event loop: no task, no future for a command.

redis-py's asyncio client costs about twenty times as much for a published message.
"""

import asyncio
import socket
import ssl
from collections.abc import Callable
from typing import Any

import hiredis
from redis.connection import parse_url

Reply = Any

#: Seconds of silence before the other end is asked, between askings, how many may go unanswered, and
#: milliseconds for which what was sent may.
_LIFE = {"TCP_KEEPIDLE": 10, "TCP_KEEPINTVL": 5, "TCP_KEEPCNT": 3, "TCP_USER_TIMEOUT": 25_000}


class Wire(asyncio.Protocol):
    """Commands written within one turn of the loop leave together; each reply goes to `on_reply`."""

    def __init__(self, on_reply: Callable[[Reply], None], on_lost: Callable[[], None]) -> None:
        self._on_reply = on_reply
        self._on_lost = on_lost
        self._reader = hiredis.Reader()
        self._waiting: list[bytes] = []
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport) or hasattr(transport, "write")
        self._transport = transport  # type: ignore[assignment]

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._on_lost()

    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        while (reply := self._reader.gets()) is not False:
            self._on_reply(reply)

    @property
    def is_open(self) -> bool:
        return self._transport is not None

    def command(self, *words: str | bytes | int) -> None:
        """Send a command; dropped while there is no connection, for events are hints."""
        if self._transport is None:
            return
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._flush)
        self._waiting.append(hiredis.pack_command(words))  # type: ignore[arg-type]

    def close(self) -> None:
        """End it; that it is gone then is no loss to tell of."""
        self._on_lost = _nothing
        if self._transport is not None:
            self._transport.close()

    def _flush(self) -> None:
        if self._transport is not None:
            self._transport.write(b"".join(self._waiting))
        self._waiting.clear()


def address(url: str) -> dict[str, Any]:
    """The parts of a redis://, rediss:// or unix:// address."""
    return dict(parse_url(url))  # type: ignore[no-untyped-call]


def _ask_for_life(connection: socket.socket) -> None:
    """Who only listens would never notice that the other end has vanished without a word."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in _LIFE.items():
        # Not every system has all of them.
        if hasattr(socket, option):
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)


def _nothing() -> None:
    pass


async def connect(url: str, on_reply: Callable[[Reply], None], on_lost: Callable[[], None]) -> Wire:
    """Open a connection to a redis://, rediss:// or unix:// address; raises OSError where nobody answers."""
    parts = address(url)
    loop = asyncio.get_running_loop()

    def wire() -> Wire:
        return Wire(on_reply, on_lost)

    if "path" in parts:
        _, protocol = await loop.create_unix_connection(wire, parts["path"])
    else:
        secure = ssl.create_default_context() if url.startswith("rediss://") else None
        transport, protocol = await loop.create_connection(
            wire, parts.get("host", "localhost"), parts.get("port", 6379), ssl=secure
        )
        _ask_for_life(transport.get_extra_info("socket"))
    if password := parts.get("password"):
        protocol.command("AUTH", *([parts["username"]] if parts.get("username") else []), password)
    if database := parts.get("db"):
        protocol.command("SELECT", database)
    return protocol
