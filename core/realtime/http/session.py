"""One socket over HTTP: to the socket's class it is a server's connection, to requests a place to ask."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings

from core.realtime.http.mailbox import Mailbox
from core.realtime.http.said import GAP, GONE, Batch, NotTakenError
from core.realtime.packets import Packet

#: As a WebSocket that went without a word.
LOST = 1006
LEFT = 1000
_LOOK_EVERY = 5


class Session:
    """Offers the socket an outlet (core/realtime/outlets.py) and hands it what comes in."""

    #: For whoever counts.
    transport = "http"

    def __init__(self, name: str, path: str, request: dict[str, Any]) -> None:
        self.name = name
        self.path = path
        self.on_text: Callable[[bytes], None] | None = None
        self._request = request
        self._mailbox = Mailbox()
        self._taken = 0
        self._loop = asyncio.get_running_loop()
        self._connected = False
        self._accepted: asyncio.Future[bool] = self._loop.create_future()
        self._over = asyncio.Event()
        self._fetching = 0
        self._heard_at = self._left_at = self._loop.time()
        self._timer = self._loop.call_later(_LOOK_EVERY, self._look)

    # For the server's side: the life of the socket

    async def run(self, application: Any) -> None:
        """Be the socket's connection until it is over."""
        try:
            await application(self._scope(), self._receive, self._send)
        finally:
            self._timer.cancel()
            self.close(LOST)
            if not self._accepted.done():
                self._accepted.set_result(False)

    async def is_accepted(self) -> bool:
        return await self._accepted

    def _scope(self) -> dict[str, Any]:
        scope: dict[str, Any] = {key: self._request.get(key) for key in ("headers", "client", "server")}
        scheme = "wss" if self._request.get("scheme") == "https" else "ws"
        scope |= {"type": "websocket", "scheme": scheme, "path": self.path, "query_string": b""}
        scope["extensions"] = {"parley.outlet": self}
        return scope

    async def _receive(self) -> dict[str, Any]:
        if not self._connected:
            self._connected = True
            return {"type": "websocket.connect"}
        await self._over.wait()
        return {"type": "websocket.disconnect", "code": self._mailbox.code}

    async def _send(self, message: dict[str, Any]) -> None:
        if not self._accepted.done():
            self._accepted.set_result(message["type"] == "websocket.accept")

    def _look(self) -> None:
        """A client that asks nothing any more is gone."""
        if self._loop.time() >= self._lapses_at:
            self.close(LOST)
        else:
            self._timer = self._loop.call_later(_LOOK_EVERY, self._look)

    @property
    def _lapses_at(self) -> float:
        if self._fetching:
            return self._heard_at + settings.PING_INTERVAL + settings.PING_TIMEOUT
        return max(self._heard_at, self._left_at) + settings.HTTP_AWAY_SECONDS

    # For the socket: its outlet

    def push(self, packet: Packet) -> int:
        return 0 if self._over.is_set() else self._mailbox.put(packet.payload)

    def close(self, code: int, *, abort: bool = False) -> None:
        self._mailbox.close(code, abort=abort)
        self._over.set()

    def end(self) -> None:
        self.on_text = None

    # For requests

    async def take(self, heard: int, number: int, frames: Sequence[bytes]) -> None:
        self.take_now(heard, number, frames)

    def take_now(self, heard: int, number: int, frames: Sequence[bytes]) -> None:
        """Hand the socket the client's frames from this number on, each once and in their order."""
        self._heard_at = self._loop.time()
        self._mailbox.forget(heard)
        if not frames:
            return
        if self._mailbox.code is not None:
            raise NotTakenError(GONE, self._mailbox.code)
        if number > self._taken + 1:
            raise NotTakenError(GAP)
        for frame in frames[self._taken + 1 - number :]:
            self._taken += 1
            if self.on_text is not None:
                self.on_text(frame)

    async def fetch(self, after: int, wait: float) -> Batch:
        """What there is for the client after this number; nothing when nothing came in so many seconds."""
        self._fetching += 1
        try:
            return await self._mailbox.fetch(after, wait)
        finally:
            self._fetching -= 1
            self._left_at = self._loop.time()

    async def leave(self) -> None:
        """The client says good-bye."""
        self.close(LEFT)
