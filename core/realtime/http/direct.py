"""uvicorn's HTTP protocol with a shorter way for posted frames: they are taken in the turn of the loop they come in.

A task, a cycle and an ASGI call for each would cost as much again as the server itself. Whatever is not as simple
as that (a session of another process, a refusal, a body too long) goes the usual way, to core/realtime/http/door.py.
"""

from typing import ClassVar

import msgspec
from django.conf import settings
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from core.realtime import refusals
from core.realtime.http.said import NotTakenError, Said
from core.realtime.http.sessions import Sessions

_PATH = b"/frames"
_TAKEN = b"HTTP/1.1 204 No Content\r\ncache-control: no-store, no-transform\r\n\r\n"

_decoder = msgspec.json.Decoder(Said)


class DirectHttp(HttpToolsProtocol):
    #: Those of this process; set before the server starts.
    sessions: ClassVar[Sessions | None] = None
    #: The body so far of posted frames; None for any other request.
    posted: bytes | None = None

    def on_headers_complete(self) -> None:
        # One that came together with the last: the wait for another is over.
        self._unset_keepalive_if_required()
        self.posted = b"" if self._is_simple() else None
        if self.posted is None:
            super().on_headers_complete()

    def _is_simple(self) -> bool:
        return (
            self.sessions is not None
            and self.url.endswith(_PATH)
            and self.parser.get_method() == b"POST"
            and self.parser.should_keep_alive()
            and not self.parser.should_upgrade()
            and not self.expect_100_continue
            # One that comes while another is under way has to wait for its turn.
            and (self.cycle is None or self.cycle.response_complete)
        )

    def on_body(self, body: bytes) -> None:
        if self.posted is None:
            super().on_body(body)
            return
        self.posted += body
        if len(self.posted) > settings.HTTP_BODY_LIMIT:
            self._go_the_usual_way(self.posted)

    def on_message_complete(self) -> None:
        if self.posted is None:
            super().on_message_complete()
        elif self._is_taken(self.posted):
            self._answer()
        else:
            self._go_the_usual_way(self.posted)
            super().on_message_complete()

    def _is_taken(self, body: bytes) -> bool:
        assert self.sessions is not None
        path = self.url.removesuffix(_PATH).decode("latin-1")
        try:
            said = _decoder.decode(body)
            session = self.sessions.own(path, said.session)
            session.take_now(said.heard, said.number, [bytes(frame) for frame in said.frames])
        except (NotTakenError, *refusals.UNREADABLE):
            return False
        return True

    def _answer(self) -> None:
        self.posted = None
        self.transport.write(_TAKEN)
        self.server_state.total_requests += 1
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )

    def _go_the_usual_way(self, body: bytes) -> None:
        """As if it had come only now."""
        self.posted = None
        super().on_headers_complete()
        super().on_body(body)
