"""Requests for a session that another process has, carried there and back through the hub.

Behind a proxy any process may get any request. The name of a session begins with the name of its process;
each process listens to one channel of its own, for questions and for answers.
"""

import asyncio
import itertools
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from core.realtime.http.said import BUSY, GONE, Batch, NotTakenError
from core.realtime.http.session import Session
from core.realtime.hub import Hub
from core.realtime.packets import Packet

#: Characters of a process's name.
NAME_LENGTH = 16
#: Seconds for the way there and back.
_ANSWER_WITHIN = 5


class Question(msgspec.Struct, array_like=True, tag="?"):
    sender: str
    call: int
    path: str
    session: str
    deed: Literal["take", "fetch", "leave"]
    #: What the client has heard, or wants what is after it.
    heard: int = 0
    number: int = 1
    frames: list[bytes] = []
    wait: float = 0


class Answer(msgspec.Struct, array_like=True, tag="!"):
    call: int
    batch: Batch | None = None
    status: int = 0
    code: int | None = None


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Question | Answer)


class Relay:
    """A member of the hub; `own` finds the sessions of this process."""

    def __init__(self, hub: Hub, process: str, own: Callable[[str, str], Session]) -> None:
        self.hub = hub
        self._process = process
        self._own = own
        self._is_listening = False
        self._calls = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Answer]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def listen(self) -> None:
        if not self._is_listening:
            await self.hub.join(_channel(self._process), self)
            self._is_listening = True

    async def ask(self, question: Question) -> Batch:
        """Have the session's own process carry this out."""
        question.sender, question.call = self._process, next(self._calls)
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[question.call] = answer
        try:
            async with asyncio.timeout(question.wait + _ANSWER_WITHIN):
                await self._send(question)
                return _result(await answer)
        except (TimeoutError, ConnectionError):
            raise NotTakenError(BUSY) from None
        finally:
            del self._waiting[question.call]

    async def _send(self, question: Question) -> None:
        channel = _channel(question.session[:NAME_LENGTH])
        if not await self.hub.call("PUBLISH", channel, _encoder.encode(question)):
            # Nobody listens there: that process has ended, and its sessions with it.
            raise NotTakenError(GONE)

    def push(self, packet: Packet) -> None:
        said = _decoder.decode(packet.payload)
        if isinstance(said, Question):
            task = asyncio.get_running_loop().create_task(self._answer(said))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        elif (waiting := self._waiting.get(said.call)) and not waiting.done():
            waiting.set_result(said)

    def resync(self) -> None:
        """Questions or answers may be lost; whoever asked asks again."""
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_result(Answer(0, status=BUSY))

    async def _answer(self, question: Question) -> None:
        try:
            answer = Answer(question.call, await self._carry_out(question))
        except NotTakenError as trouble:
            answer = Answer(question.call, None, trouble.status, trouble.code)
        self.hub.publish(_channel(question.sender), _encoder.encode(answer))

    async def _carry_out(self, question: Question) -> Batch | None:
        session = self._own(question.path, question.session)
        if question.deed == "fetch":
            return await session.fetch(question.heard, question.wait)
        if question.deed == "take":
            await session.take(question.heard, question.number, question.frames)
        else:
            await session.leave()
        return None


class Distant:
    """A session of another process; asked as one's own."""

    def __init__(self, relay: Relay, path: str, name: str) -> None:
        self.name = name
        self._relay = relay
        self._path = path

    async def take(self, heard: int, number: int, frames: Sequence[bytes]) -> None:
        await self._relay.ask(Question("", 0, self._path, self.name, "take", heard, number, list(frames)))

    async def fetch(self, after: int, wait: float) -> Batch:
        return await self._relay.ask(Question("", 0, self._path, self.name, "fetch", after, wait=wait))

    async def leave(self) -> None:
        await self._relay.ask(Question("", 0, self._path, self.name, "leave"))


def _channel(process: str) -> str:
    return f"live:{process}"


def _result(answer: Answer) -> Batch:
    if answer.status:
        raise NotTakenError(answer.status, answer.code)
    return answer.batch or Batch(1, [])
