"""What visitors and agents have in common: a line, an outbox, logs that are kept complete, marks."""

import asyncio
import random
from collections.abc import Coroutine
from typing import Any, ClassVar

from faults.book import Book, Receipt
from faults.line import Frame, Line, Lost, Refusal
from faults.log import Log
from faults.outbox import Outbox

#: Seconds after the last change before a mark is told, and between two looks at the outbox.
QUIET_FOR = 0.3
FLUSH_EVERY = 10.0


class Person:
    side: ClassVar[str]

    def __init__(self, name: str, book: Book, url: str, origin: str, *, seed: int, stutters: bool) -> None:
        self.name = name
        self.book = book
        self.dice = random.Random(seed)
        self.logs: dict[int, Log] = {}
        self.line = Line(url, origin, self, self.dice)
        self.outbox = Outbox(book, self.line.ask, self.sent, queue_of=self.queue_of, stutters=stutters)
        self._told: dict[int, tuple[int, int]] = {}
        self._marking: dict[int, asyncio.Task[None]] = {}
        self._fetching: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._main: asyncio.Task[None] | None = None

    def come(self) -> None:
        """Open the page."""
        self._main = asyncio.create_task(self._be_here())

    async def go(self) -> None:
        """Close the page."""
        main, self._main = self._main, None
        if main is not None:
            main.cancel()
            await asyncio.gather(main, return_exceptions=True)

    @property
    def is_here(self) -> bool:
        return self._main is not None

    async def _be_here(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self.line.run())
            group.create_task(self._flush_now_and_then())

    async def _flush_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(FLUSH_EVERY)
            self.outbox.flush()
            await self.stir()

    async def stir(self) -> None:
        """Somebody sits there."""

    async def opening(self) -> Frame:
        """The first frame of each connection."""
        raise NotImplementedError

    def following(self) -> list[int]:
        return [log.id for log in self.logs.values() if not log.is_ended][:200]

    def queue_of(self, command: Frame) -> int:
        return int(command.get("conversation_id", 0))

    # What is heard

    def heard(self, event: Frame) -> None:
        kind = event["type"]
        if kind == "session.opened":
            self._told.clear()
            self.greeted(event)
        elif kind == "resync":
            self.line.check()
            self.resynced()
        elif kind == "heartbeat.answered":
            for key, number in event["numbers"].items():
                self.told_newest(int(key), number)
            self.outbox.flush()
        elif kind == "conversation.marked" and event["conversation_id"] in self.logs:
            self.logs[event["conversation_id"]].marked(event["marks"])
        else:
            self.heard_more(event)

    def greeted(self, event: Frame) -> None: ...

    def resynced(self) -> None: ...

    def heard_more(self, event: Frame) -> None: ...

    def told_newest(self, conversation: int, number: int) -> None:
        if conversation in self.logs:
            self.logs[conversation].told_newest(number)
            self.updated(self.logs[conversation])

    def updated(self, log: Log) -> None:
        """The log has changed: fetch what is missing, tell how far it is here."""
        self._find_own(log)
        self._mark(log)
        if log.missing_after is not None and log.id not in self._fetching:
            self.later(self._fill(log))

    def _find_own(self, log: Log) -> None:
        """What stands in the log needs no answer any more: the connection may have gone with it."""
        if not self.outbox.commands:
            return
        for entry in log.entries:
            name = entry.get("client_id")
            if name in self.outbox.commands:
                self.book.acknowledge(name, Receipt(log.id, entry["number"]))
                self.outbox.drop(name)

    async def _fill(self, log: Log) -> None:
        """Fetch what is missing; once more only if that brought something."""
        self._fetching.add(log.id)
        before = -1
        while (after := log.missing_after) is not None and after > before:
            before = after
            await self.follow(log.id)
        self._fetching.discard(log.id)

    async def follow(self, conversation: int) -> Frame | None:
        log = self.logs.get(conversation)
        after = len(log.entries) if log else 0
        result = await self.asked(
            {"type": "conversation.follow", "conversation_id": conversation, "after": after}
        )
        if result is not None:
            self.take(result)
        return result

    def take(self, result: Frame) -> None:
        number = result["conversation"]["id"]
        log = self.logs.setdefault(number, Log(number))
        log.opened(result)
        self.updated(log)

    async def asked(self, command: Frame) -> Frame | None:
        """Asked again for as long as the server says that later makes sense."""
        while True:
            try:
                return await self.line.ask(command)
            except Lost:
                return None
            except Refusal as refusal:
                if refusal.retry_after is None:
                    return None
                await asyncio.sleep(refusal.retry_after)

    def later(self, deed: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.get_running_loop().create_task(deed)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # What is said

    def write(self, kind: str, **fields: Any) -> None:
        letter = self.book.write(self.name)
        self.outbox.add({"type": kind, "client_id": letter.name, "text": letter.text, **fields})

    def sent(self, command: Frame, result: Frame) -> None:
        """The answer may come before the event; the words must not vanish in between."""
        if result["kind"] == "conversation":
            self.take(result)
        elif (log := self.logs.get(result["conversation_id"])) is not None:
            words = {"kind": "text", "side": self.side, "number": result["number"], "at": result["at"]}
            log.apply({**words, "client_id": command["client_id"], "text": command["text"]})
            self.updated(log)

    def _mark(self, log: Log) -> None:
        if log.id not in self._marking or self._marking[log.id].done():
            self._marking[log.id] = asyncio.create_task(self._mark_soon(log))

    async def _mark_soon(self, log: Log) -> None:
        await asyncio.sleep(QUIET_FOR)
        newest = self.delivered(log)
        if newest and self._told.get(log.id) != (newest, newest):
            self._told[log.id] = (newest, newest)
            mark = {"conversation_id": log.id, "delivered": newest, "read": newest}
            try:
                await self.line.ask({"type": "conversation.mark", **mark})
            except (Lost, Refusal):
                self._told.pop(log.id, None)

    def delivered(self, log: Log) -> int:
        return log.last_of_others(self.side)
