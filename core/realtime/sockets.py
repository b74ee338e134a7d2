"""The base of every socket: reads frames itself, answers each command, and is never stalled by a query.

Channels' own consumer makes a task and a thread hop for each frame, on the one thread that also runs the
ORM; this one keeps Channels' routing, scope and test tools and does neither. Where the server offers
`parley.direct` (core/realtime/server.py), frames come and go without ASGI messages.
"""

import asyncio
import contextvars
import functools
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, ClassVar

import msgspec
from channels.consumer import AsyncConsumer
from django.conf import settings
from django.utils import translation

from core import errors
from core.realtime import counts, limits, outlets, packets, refusals, roster
from protocol import base, events

logger = logging.getLogger(__name__)

#: Close codes, for clients.
SESSION_OVER = 4001
TOO_MUCH = 4008
SLOW_RECEIVER = 4009

#: Refusals for too many commands, so many at once and so many a second, after which the socket is closed.
_PATIENCE = 50
_PATIENCE_PER_SECOND = 1
#: Commands of one socket that may be under way at once.
_UNDER_WAY = 16
#: Seconds for which a socket that is to move waits for them.
_LAST_ANSWERS = 2

Handler = Callable[[Any], None] | Callable[[Any], Awaitable[msgspec.Struct | None]]


@functools.cache
def _is_coroutine(handler: Callable[..., Any]) -> bool:
    """Asked once: inspect takes longer over it than many a command."""
    return asyncio.iscoroutinefunction(handler)


async def nowhere(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Where no socket is: the handshake is refused."""
    await receive()
    await send({"type": "websocket.close"})


class LiveSocket(AsyncConsumer):
    """One connection. Subclasses name a decoder and a handler for each command.

    A handler that is an ordinary method runs at once and must not block: it queues work and answers later.
    One that is a coroutine runs beside the others; its result is the answer.
    """

    #: Who is at the other end.
    side: ClassVar[str]
    decoder: ClassVar[msgspec.json.Decoder[Any]]
    opening: ClassVar[type[base.Command]]
    handlers: ClassVar[dict[type[base.Command], str]]
    #: Bytes of the longest thing that the client asked for: so many more may wait for it.
    asked_for = 0

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.scope = scope
        # What is taken from the wire runs elsewhere, and is to be told in the logs as this socket's.
        self._context = contextvars.copy_context()
        self.is_open = False
        self._is_opening = False
        self._is_closing = False
        self.language = "en"
        self._bucket = limits.Bucket(settings.COMMANDS_PER_SECOND, settings.COMMANDS_AT_ONCE)
        self._patience = limits.Bucket(_PATIENCE_PER_SECOND, _PATIENCE)
        self._tasks: set[asyncio.Task[None]] = set()
        await receive()
        self.outlet = outlets.of(scope, send, on_text=self.take)
        await send({"type": "websocket.accept"})
        roster.enter(self)
        self._expect_opening()
        if isinstance(self.outlet, outlets.DirectOutlet):
            self.outlet.detach(self._gone)
            return
        try:
            await self._listen(receive)
        finally:
            await self._gone()

    async def _gone(self) -> None:
        roster.leave(self)
        self.outlet.end()
        await self._drop_tasks()
        self._deadline.cancel()
        await self.closed()

    async def _drop_tasks(self) -> None:
        """End what is under way, so that nothing is taken after `closed` has given everything back."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        # Cancelling is a wish only: Python 3.11's wait_for forgets it when what it waits for comes just then.
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _listen(self, receive: Any) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            text = message.get("text")
            self.take(message.get("bytes") or b"" if text is None else text.encode(errors="surrogatepass"))

    async def opened(self, command: Any) -> None:
        """Say who this is from its first command; raise to refuse."""
        raise NotImplementedError

    async def closed(self) -> None:
        """The connection is gone, or its opening has failed: give back what was taken. May be called again."""

    # What comes in

    def take(self, data: bytes) -> None:
        """One frame, in the order it came."""
        if self._is_closing:
            return
        counts.commands += 1
        if len(data) > settings.FRAME_LIMIT:
            self._close_for(refusals.FrameTooLong(limit=settings.FRAME_LIMIT), TOO_MUCH)
            return
        if not self._bucket.take():
            self._flooded(data)
            return
        try:
            command = self.decoder.decode(data)
        except refusals.UNREADABLE as trouble:
            self.refuse(*refusals.of_frame(data, trouble))
            return
        try:
            self._dispatch(command)
        except errors.DomainError as error:
            self.refuse(error, command.ref)
        except Exception:
            self._failed(command)

    def _dispatch(self, command: base.Command) -> None:
        if isinstance(command, self.opening):
            self._begin_opening(command)
            return
        if not self.is_open:
            raise refusals.NotOpened
        name = self.handlers[type(command)]
        handler: Handler = getattr(self, name)
        if _is_coroutine(getattr(type(self), name)):
            self._begin(handler, command)
        else:
            handler(command)

    def _begin_opening(self, command: base.Command) -> None:
        if self._is_opening:
            raise refusals.OpenedAlready
        self._is_opening = True
        # It has said who it is; how long looking that up takes is not its fault.
        self._deadline.cancel()
        self._begin(self._open, command)

    def _begin(self, handler: Handler, command: base.Command) -> None:
        if len(self._tasks) >= _UNDER_WAY:
            raise errors.SlowDown
        self.later(self._carry_out(handler, command))

    def later(self, deed: Coroutine[Any, Any, None]) -> None:
        """Carry out beside everything else, unless the socket goes first."""
        task = asyncio.get_running_loop().create_task(deed, context=self._context.copy())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry_out(self, handler: Any, command: base.Command) -> None:
        try:
            result = await handler(command)
        except errors.DomainError as error:
            self.refuse(error, command.ref)
        except Exception:
            self._failed(command)
        else:
            if handler != self._open:
                self.say(events.Ack(ref=command.ref, result=result))
                counts.acks += 1

    async def _open(self, command: Any) -> None:
        try:
            await self.opened(command)
            self.is_open = True
            # Only the opening asks who came from where; thousands of sockets need not keep it.
            self.scope = {}
        except Exception:
            # What half an opening has taken would be taken once more, and given back only once.
            await self.closed()
            raise
        finally:
            # Who was refused may try again, and has as long for it.
            self._is_opening = self.is_open
            if not self.is_open:
                self._expect_opening()

    def _failed(self, command: base.Command) -> None:
        self._context.copy().run(logger.exception, "%s failed.", type(command).__name__)
        self.refuse(refusals.Unavailable(), command.ref)

    def _expect_opening(self) -> None:
        self._deadline = asyncio.get_running_loop().call_later(settings.OPENING_TIMEOUT, self._too_late)

    def _too_late(self) -> None:
        if not self.is_open:
            self._close_for(refusals.NotOpened(), SESSION_OVER)

    def _flooded(self, data: bytes) -> None:
        wait = round(self._bucket.refilled_in, 3)
        if not self._patience.take():
            self._close_for(refusals.Flood(), TOO_MUCH)
        else:
            self.refuse(errors.SlowDown(), refusals.ref_of(data), retry_after=max(wait, 0.1))

    # What goes out

    def say(self, event: msgspec.Struct) -> None:
        self.push(packets.packet(event))

    def push(self, packet: packets.Packet) -> None:
        """Send; a receiver that has left too much untaken is cut off and resumes by number."""
        if self.outlet.push(packet) > settings.SEND_BUFFER_LIMIT + self.asked_for:
            self.outlet.close(SLOW_RECEIVER, abort=True)

    def _close_for(self, error: errors.DomainError, code: int) -> None:
        """Say why, then close; what still comes in is not looked at."""
        self._is_closing = True
        self.refuse(error, 0)
        self.outlet.close(code)

    async def move(self) -> None:
        """Have the client connect again, to another process; what it has asked for is answered first."""
        self._is_closing = True
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=_LAST_ANSWERS)
        self.outlet.close(roster.RESTARTING)

    @property
    def transport(self) -> str:
        return str(getattr(self.outlet, "transport", "websocket"))

    def resync(self) -> None:
        self.say(events.Resync())

    def refuse(self, error: errors.DomainError, ref: int, retry_after: float | None = None) -> None:
        counts.refusals[error.code] += 1
        with translation.override(self.language):
            message = error.message
        if isinstance(error, errors.SlowDown | refusals.Unavailable):
            retry_after = retry_after or 1.0
        self.say(
            events.Refused(
                ref=ref, code=error.code, message=message, field=error.field, retry_after=retry_after
            )
        )
