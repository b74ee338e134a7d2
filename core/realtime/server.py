"""uvicorn's sans-I/O WebSocket protocol with a direct way in and out.

A socket may set `on_text` and is then called with each text frame; frames that are ready are written to the
transport. Without that, everything is plain ASGI. Measured at more than twice the messages per core.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from django.conf import settings
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode

from core.realtime import packets, refusals
from protocol import events

#: What the parser lets through; longer frames end the connection before they are read whole.
PARSER_LIMIT = 1024 * 1024


class DirectWebSocket(WebSocketsSansIOProtocol):
    on_text: Callable[[bytes], None] | None = None

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        scope = getattr(self, "scope", None)
        if scope is not None:
            scope["extensions"]["parley.direct"] = self

    def send_receive_event_to_app(self) -> None:
        if self.on_text is None or self.curr_msg_data_type != "text":
            super().send_receive_event_to_app()
            return
        frames, self.frames = self.frames, []
        if not self.close_sent:
            self.on_text(frames[0] if len(frames) == 1 else b"".join(frames))

    def push(self, frame: bytes) -> int:
        """Write a ready frame; returns the bytes that waited in this process for the receiver before."""
        if self.close_sent or self.disconnected:
            return 0
        waiting = self.transport.get_write_buffer_size()
        self.transport.write(frame)
        return waiting

    def close_with(self, code: int, *, abort: bool = False) -> None:
        """Close; `abort` drops what the receiver has not taken."""
        if self.close_sent or self.disconnected:
            return
        if abort:
            self.close_sent = True
            self.transport.abort()
            return
        asyncio.ensure_future(self.send({"type": "websocket.close", "code": code, "reason": ""}))  # noqa: RUF006

    def handle_parser_exception(self) -> None:
        sent = self.conn.close_sent
        if sent is not None and sent.code == CloseCode.MESSAGE_TOO_BIG and self.handshake_complete:
            error = refusals.FrameTooLong(limit=settings.FRAME_LIMIT)
            refused = events.Refused(ref=0, code=error.code, message=error.message)
            self.transport.write(packets.packet(refused).frame)
        super().handle_parser_exception()
