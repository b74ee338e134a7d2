"""Ways out to a client: straight to the transport where the server offers it, else through ASGI."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from core.realtime.packets import Packet

logger = logging.getLogger(__name__)


class Outlet(Protocol):
    def push(self, packet: Packet) -> int:
        """Send without waiting; returns how many bytes the receiver had not taken before."""

    def close(self, code: int, *, abort: bool = False) -> None:
        """Close with this code; `abort` drops what is still unsent."""

    def end(self) -> None:
        """The connection is gone; forget it."""


def of(scope: dict[str, Any], send: Any, *, on_text: Callable[[bytes], None]) -> Outlet:
    offers = scope.get("extensions", {})
    if (direct := offers.get("parley.direct")) is not None:
        direct.on_text = on_text
        return DirectOutlet(direct)
    if (outlet := offers.get("parley.outlet")) is not None:
        # No WebSocket at all, but requests: core/realtime/http/.
        outlet.on_text = on_text
        return outlet
    return QueueOutlet(send)


class DirectOutlet:
    """Writes ready frames to the transport."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def push(self, packet: Packet) -> int:
        return self._connection.push(packet.frame)

    def close(self, code: int, *, abort: bool = False) -> None:
        self._connection.close_with(code, abort=abort)

    def end(self) -> None:
        self._connection.on_text = None

    def detach(self, on_gone: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._connection.detach(on_gone)


class QueueOutlet:
    """Sends ASGI messages, one after another, from a queue of its own."""

    def __init__(self, send: Any) -> None:
        self._send = send
        self._queue: asyncio.Queue[tuple[dict[str, Any], int]] = asyncio.Queue()
        self._bytes = 0
        self._sender = asyncio.get_running_loop().create_task(self._run())

    def push(self, packet: Packet) -> int:
        before, size = self._bytes, len(packet.payload)
        self._bytes += size
        self._queue.put_nowait(({"type": "websocket.send", "text": packet.payload.decode()}, size))
        return before

    def close(self, code: int, *, abort: bool = False) -> None:
        if abort:
            while not self._queue.empty():
                self._queue.get_nowait()
            # It may be stuck in a frame that the receiver never takes.
            self._sender.cancel()
            self._sender = asyncio.get_running_loop().create_task(self._run())
        self._queue.put_nowait(({"type": "websocket.close", "code": code}, 0))

    def end(self) -> None:
        self._sender.cancel()

    async def _run(self) -> None:
        while True:
            message, size = await self._queue.get()
            try:
                await self._send(message)
            except Exception as error:
                # The socket is gone; whoever listens on it is told by its disconnect.
                logger.debug("A frame could not be sent: %s", error)
                return
            self._bytes -= size
            if message["type"] == "websocket.close":
                return
