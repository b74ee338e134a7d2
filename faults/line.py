"""One socket that keeps itself alive, as the browser's does: greeting, answers, heartbeat, growing pauses.

What `frontend/shared/connection/connection.ts` does, with its figures.
"""

import asyncio
import contextlib
import itertools
import json
import random
import socket
import struct
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.frames import Frame as WireFrame
from websockets.frames import Opcode
from websockets.typing import Origin

HEARTBEAT_EVERY = 25.0
ANSWER_WITHIN = 10.0
#: A session shorter than this counts as a failed attempt.
STEADY_AFTER = 10.0
LONGEST_PAUSE = 30.0
#: So many attempts come after a short pause.
QUICK = 3
#: Longer than the server itself waits for the database.
UNANSWERED_AFTER = 20.0

Frame = dict[str, Any]


class Lost(Exception):
    """The connection went before the answer came."""


class Refusal(Exception):
    def __init__(self, frame: Frame) -> None:
        super().__init__(frame["code"])
        self.code: str = frame["code"]
        self.retry_after: float | None = frame.get("retry_after")


class Ear(Protocol):
    """Whose line it is."""

    async def opening(self) -> Frame: ...

    def heard(self, event: Frame) -> None: ...

    def following(self) -> list[int]: ...


class Line:
    def __init__(self, url: str, origin: str, ear: Ear, dice: random.Random) -> None:
        self._url = url
        self._origin = Origin(origin)
        self._ear = ear
        self._dice = dice
        self._refs = itertools.count(1)
        self._awaited: dict[int, asyncio.Future[Frame | None]] = {}
        #: When each of them was asked, and what.
        self._asked: dict[int, tuple[float, str]] = {}
        self._socket: ClientConnection | None = None
        self._beats: asyncio.Task[None] | None = None
        self._answered = asyncio.Event()
        self.is_open = False
        #: Why the connection is not there, or was not the last time.
        self.trouble = ""

    async def run(self) -> None:
        """Connected, and connected again, until cancelled."""
        failures = 0
        while True:
            began = time.monotonic()
            at_least = 0.0
            try:
                await self._live()
            except Refusal as refusal:
                at_least = refusal.retry_after or 0.0
                self.trouble = refusal.code
            except (OSError, WebSocketException, Lost, ValueError) as trouble:
                self.trouble = f"{type(trouble).__name__}: {trouble}"
            finally:
                was_open = self.is_open
                self._drop()
            steady = was_open and time.monotonic() - began >= STEADY_AFTER
            failures = 1 if steady else failures + 1
            await asyncio.sleep(max(at_least, self._pause_before(failures)))

    async def ask(self, command: Frame) -> Frame | None:
        """The result; raises Refusal, or Lost when the connection goes first."""
        if not self.is_open:
            raise Lost
        ref = next(self._refs)
        answer = self._awaited[ref] = asyncio.get_running_loop().create_future()
        self._asked[ref] = (time.monotonic(), command["type"])
        # Who asked may be gone when the connection is.
        answer.add_done_callback(lambda future: future.cancelled() or future.exception())
        await self._say({**command, "ref": ref})
        return await answer

    @property
    def unanswered(self) -> list[str]:
        """Commands that a living connection has not answered for long."""
        now = time.monotonic()
        return [kind for at, kind in self._asked.values() if now - at > UNANSWERED_AFTER]

    def check(self) -> None:
        """Ask for the newest numbers now, and so find out whether the socket still lives."""
        if self.is_open:
            self._beat_again(at_once=True)

    # Ways to break it

    async def cut_in_half(self) -> bool:
        """Send half a frame and go; false where there was no connection to cut."""
        connection = self._socket
        if connection is None or not self.is_open:
            return False
        text = json.dumps({"type": "heartbeat", "ref": next(self._refs), "conversations": []}).encode()
        whole = WireFrame(Opcode.TEXT, text).serialize(mask=True)
        connection.transport.write(whole[: len(whole) // 2])
        connection.transport.close()
        return True

    async def reset_in_a_frame(self) -> bool:
        """Read the beginning of what the server says, then reset the connection."""
        connection = self._socket
        if connection is None or not self.is_open:
            return False
        connection.transport.pause_reading()
        await asyncio.sleep(self._dice.uniform(0.2, 1.0))
        under = connection.transport.get_extra_info("socket")
        if under.fileno() < 0:
            # Somebody else was faster.
            return False
        with socket.socket(fileno=socket.dup(under.fileno())) as same:
            with contextlib.suppress(BlockingIOError):
                same.recv(3)
            same.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.transport.abort()
        return True

    # One session

    async def _live(self) -> None:
        greeting = await self._greeted()
        self.is_open = True
        self._beat_again()
        self._ear.heard(greeting)
        assert self._socket is not None
        async for text in self._socket:
            self._hear(json.loads(text))
        raise Lost

    async def _greeted(self) -> Frame:
        async with asyncio.timeout(ANSWER_WITHIN):
            first = await self._ear.opening()
            self._socket = await connect(
                self._url,
                origin=self._origin,
                compression=None,
                ping_interval=None,
                max_size=None,
                proxy=None,
            )
            await self._say({**first, "ref": next(self._refs)})
            return await self._greeting(self._socket)

    async def _greeting(self, connection: ClientConnection) -> Frame:
        """Events may come before it; a browser takes them in as well."""
        while True:
            frame: Frame = json.loads(await connection.recv())
            if frame["type"] == "session.opened":
                return frame
            if frame["type"] == "refused":
                raise Refusal(frame)
            self._ear.heard(frame)

    def _hear(self, frame: Frame) -> None:
        kind = frame["type"]
        if kind in {"ack", "refused"}:
            answer = self._awaited.pop(frame["ref"], None)
            self._asked.pop(frame["ref"], None)
            if answer is not None and not answer.done():
                _settle(answer, frame)
            return
        if kind == "heartbeat.answered":
            self._answered.set()
        self._ear.heard(frame)

    def _beat_again(self, at_once: bool = False) -> None:
        if self._beats is not None:
            self._beats.cancel()
        self._beats = asyncio.create_task(self._beat(at_once))

    async def _beat(self, at_once: bool) -> None:
        while True:
            if not at_once:
                await asyncio.sleep(HEARTBEAT_EVERY)
            at_once = False
            self._answered.clear()
            beat = {"type": "heartbeat", "ref": next(self._refs), "conversations": self._ear.following()}
            try:
                await self._say(beat)
                await asyncio.wait_for(self._answered.wait(), ANSWER_WITHIN)
            except (TimeoutError, Lost):
                self._hang_up()
                return

    async def _say(self, frame: Frame) -> None:
        if self._socket is None:
            raise Lost
        try:
            await self._socket.send(json.dumps(frame))
        except WebSocketException:
            raise Lost from None

    def _hang_up(self) -> None:
        """Drop the socket without waiting for it: a dead one would take minutes to say good-bye."""
        if self._socket is not None:
            self._socket.transport.abort()

    def _drop(self) -> None:
        self.is_open = False
        self._hang_up()
        self._socket = None
        if self._beats is not None:
            self._beats.cancel()
        awaited, self._awaited = self._awaited, {}
        self._asked.clear()
        for answer in awaited.values():
            if not answer.done():
                answer.set_exception(Lost())

    def _pause_before(self, attempt: int) -> float:
        return min(LONGEST_PAUSE, 2.0 ** max(0, attempt - QUICK)) * (0.5 + self._dice.random())


def _settle(answer: "asyncio.Future[Frame | None]", frame: Frame) -> None:
    if frame["type"] == "ack":
        answer.set_result(frame.get("result"))
    else:
        answer.set_exception(Refusal(frame))


Ask = Callable[[Frame], Awaitable[Frame | None]]
