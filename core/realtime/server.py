"""uvicorn's sans-I/O WebSocket protocol with a direct way in and out.

A socket may set `on_text` and is then called with each text frame; frames that are ready are written to the
transport. Without that, everything is plain ASGI. Measured at more than twice the messages per core.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from django.conf import settings
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode

from core.realtime import packets, refusals
from protocol import events

#: What the parser lets through; longer frames end the connection before they are read whole.
PARSER_LIMIT = 1024 * 1024
#: Bytes that wait at most for what else is said in the same turn of the loop.
_TOGETHER = 64 * 1024


class _Nobody(asyncio.Queue[Any]):
    """In the place of a queue that nobody reads any more."""

    def put_nowait(self, item: Any) -> None:
        pass


_nobody = _Nobody()
_NOTHING: dict[str, Any] = {}


class DirectWebSocket(WebSocketsSansIOProtocol):
    on_text: Callable[[bytes], None] | None = None
    #: Set once the connection lives on without a task, a queue or a scope of its own.
    on_gone: Callable[[], Coroutine[Any, Any, None]] | None = None
    #: Frames of this turn of the loop, not yet written.
    _ready = b""

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        scope = getattr(self, "scope", None)
        if scope is not None:
            scope["extensions"]["parley.direct"] = self

    def detach(self, on_gone: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """The application returns now, and the connection stays; this is carried out when it is gone.

        An idle visitor then costs half the memory: what only the handshake needed is let go.
        """
        self.on_gone = on_gone

    async def run_asgi(self) -> None:
        try:
            await self.app(self.scope, self.receive, self.send)
        except ClientDisconnected:
            self.on_gone = None
        except BaseException:
            self.logger.exception("A socket failed.")
            self.on_gone = None
            self.send_500_response()
        if self.on_gone is None:
            if self.close_timer is None:
                self.transport.close()
        elif self.disconnected:
            self._tell_gone()
        else:
            self._let_go()

    def _let_go(self) -> None:
        self.queue = _nobody
        self.scope = self.request = self.response = _NOTHING  # type: ignore[assignment]

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self.queue is _nobody:
            self._tell_gone()

    def _tell_gone(self) -> None:
        on_gone, self.on_gone, self.on_text = self.on_gone, None, None
        if on_gone is not None:
            # One that the server waits for before it ends.
            task = self.loop.create_task(on_gone())
            self.tasks.add(task)
            task.add_done_callback(self.on_task_complete)

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        # Who has vanished without a word takes nothing any more: waiting for that would take minutes.
        self.transport.abort()

    def send_receive_event_to_app(self) -> None:
        if self.on_text is None:
            super().send_receive_event_to_app()
            return
        frames, self.frames = self.frames, []
        if not self.close_sent:
            self.on_text(frames[0] if len(frames) == 1 else b"".join(frames))

    def push(self, frame: bytes) -> int:
        """Send a ready frame; returns the bytes that waited in this process for the receiver before.

        What is said in one turn of the loop is written together: each write is a call of the system.
        """
        if self.close_sent or self.disconnected:
            return 0
        waiting = self.transport.get_write_buffer_size() + len(self._ready)
        if not self._ready:
            self.loop.call_soon(self._write_ready)
        self._ready += frame
        if len(self._ready) > _TOGETHER:
            self._write_ready()
        return waiting

    def _write_ready(self) -> None:
        ready, self._ready = self._ready, b""
        if ready and not (self.close_sent or self.disconnected):
            self.transport.write(ready)

    def close_with(self, code: int, *, abort: bool = False) -> None:
        """Close; `abort` drops what the receiver has not taken."""
        if self.close_sent or self.disconnected:
            return
        if abort:
            self.close_sent = True
            self.transport.abort()
            return
        self._write_ready()
        asyncio.ensure_future(self.send({"type": "websocket.close", "code": code, "reason": ""}))  # noqa: RUF006

    def handle_parser_exception(self) -> None:
        sent = self.conn.close_sent
        if sent is not None and sent.code == CloseCode.MESSAGE_TOO_BIG and self.handshake_complete:
            error = refusals.FrameTooLong(limit=settings.FRAME_LIMIT)
            refused = events.Refused(ref=0, code=error.code, message=error.message)
            self._write_ready()
            self.transport.write(packets.packet(refused).frame)
        super().handle_parser_exception()
