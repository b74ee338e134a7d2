"""Visitors and agents over real sockets, who keep their books and come back as browsers do."""

import asyncio
import contextlib
import itertools
import json
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

from config.tests import production

#: Close code of a server that ends: come back at once.
RESTARTING = 1012
PAUSE = 0.1

Opening = Callable[[], Awaitable[dict[str, Any]]]


class Talker:
    """One browser: an outbox of what is not acknowledged, and the log as far as it has it without gaps."""

    def __init__(self, url: str, name: str, opening: Opening) -> None:
        self.url, self.name, self.opening = url, name, opening
        self.conversation_id = 0
        self.outbox: dict[str, str] = {}
        self.sent = 0
        self.log: list[dict[str, Any]] = []
        self.codes: list[int] = []
        self.longest_away = 0.0
        self.greeting: dict[str, Any] = {}
        self.is_open = asyncio.Event()
        self._wire: ClientConnection | None = None
        self._refs = itertools.count(1)
        self._awaited: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._lost_at = time.monotonic()

    async def run(self) -> None:
        """Connected, until cancelled."""
        while True:
            with contextlib.suppress(
                OSError, InvalidHandshake, InvalidMessage, ConnectionClosed, TimeoutError
            ):
                await self._connected()
            if self.is_open.is_set():
                self._lost_at = time.monotonic()
            self.is_open.clear()
            self._forget_questions()
            await asyncio.sleep(0 if self.codes and self.codes[-1] == RESTARTING else PAUSE)

    async def _connected(self) -> None:
        options: dict[str, Any] = {"ssl": production.any_certificate(), "origin": "https://acme.example"}
        async with connect(self.url, compression=None, open_timeout=5, **options) as self._wire:
            await self._say("session.open", **await self.opening())
            try:
                async for frame in self._wire:
                    await self._hear(json.loads(frame))
            finally:
                self.codes.append(self._wire.close_code or 0)

    async def _hear(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "session.opened":
            self.greeting = frame
            self.longest_away = max(self.longest_away, time.monotonic() - self._lost_at)
            self.is_open.set()
            await self._resume()
        elif frame["type"] == "entry.created" and frame["conversation_id"] == self.conversation_id:
            await self._apply(frame["entry"])
        elif frame["type"] == "resync":
            await self._follow()
        elif (awaited := self._awaited.pop(frame.get("ref", 0), None)) and not awaited.done():
            awaited.set_result(frame)
        elif frame["type"] == "refused":
            raise AssertionError(f"{self.name} was refused: {frame}")

    async def _resume(self) -> None:
        if not self.conversation_id:
            return
        await self._follow()
        for client_id, text in list(self.outbox.items()):
            await self._send(client_id, text)

    async def _follow(self) -> None:
        last = self.log[-1]["number"] if self.log else 0
        self._later("conversation.follow", self._caught_up, conversation_id=self.conversation_id, after=last)

    def _caught_up(self, answer: dict[str, Any]) -> None:
        for entry in answer["result"]["entries"]:
            self._append(entry)

    async def _apply(self, entry: dict[str, Any]) -> None:
        if not self._append(entry):
            await self._follow()

    def _append(self, entry: dict[str, Any]) -> bool:
        """False where something is missing before it."""
        last = self.log[-1]["number"] if self.log else 0
        if entry["number"] == last + 1:
            self.log.append(entry)
        return bool(entry["number"] <= last + 1)

    async def write(self) -> None:
        """The next words: kept until they are acknowledged."""
        client_id, text = str(uuid.uuid4()), f"{self.name} {self.sent}"
        self.sent += 1
        self.outbox[client_id] = text
        if self.is_open.is_set():
            with contextlib.suppress(ConnectionClosed):
                await self._send(client_id, text)

    async def _send(self, client_id: str, text: str) -> None:
        def acknowledged(answer: dict[str, Any]) -> None:
            assert answer["type"] == "ack", answer
            self.outbox.pop(client_id, None)

        fields = {"conversation_id": self.conversation_id, "client_id": client_id, "text": text}
        await self._say_later("message.send", acknowledged, **fields)

    def _later(self, type_: str, heard: Callable[[dict[str, Any]], None], **fields: Any) -> None:
        asyncio.ensure_future(self._say_later(type_, heard, **fields))  # noqa: RUF006

    async def _say_later(self, type_: str, heard: Callable[[dict[str, Any]], None], **fields: Any) -> None:
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        answer.add_done_callback(lambda done: None if done.cancelled() else heard(done.result()))
        with contextlib.suppress(ConnectionClosed):
            self._awaited[await self._say(type_, **fields)] = answer

    async def ask(self, type_: str, **fields: Any) -> dict[str, Any]:
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._awaited[await self._say(type_, **fields)] = answer
        return await asyncio.wait_for(answer, 10)

    async def _say(self, type_: str, **fields: Any) -> int:
        assert self._wire is not None
        ref = next(self._refs)
        await self._wire.send(json.dumps({"type": type_, "ref": ref, **fields}))
        return ref

    def _forget_questions(self) -> None:
        for awaited in self._awaited.values():
            awaited.cancel()
        self._awaited.clear()

    def texts(self) -> list[str]:
        return [entry["text"] for entry in self.log if entry["kind"] == "text"]
