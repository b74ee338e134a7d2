"""Letters stay here until the server has them; sending one twice is harmless, for the server knows its name.

What `frontend/shared/connection/outbox.ts` does. A `stutterer` says everything twice, and on each new
connection once more what was acknowledged last.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

from faults.book import Book, Receipt
from faults.line import Ask, Frame, Lost, Refusal

#: Of what was acknowledged, so much is said again on a new connection.
REMEMBERED = 5


class Outbox:
    def __init__(
        self,
        book: Book,
        ask: Ask,
        sent: Callable[[Frame, Frame], None],
        *,
        queue_of: Callable[[Frame], int],
        stutters: bool = False,
    ) -> None:
        self._book = book
        self._ask = ask
        self._sent = sent
        self._queue_of = queue_of
        self._stutters = stutters
        self._busy: set[int] = set()
        self._not_before = 0.0
        self._done: list[Frame] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self.commands: dict[str, Frame] = {}

    def add(self, command: Frame) -> None:
        self.commands[command["client_id"]] = command
        self.flush()

    def flush(self) -> None:
        """Send what waits: of each queue the oldest, if nothing of it is under way."""
        if time.monotonic() < self._not_before:
            return
        for command in list(self.commands.values()):
            queue = self._queue_of(command)
            if queue not in self._busy:
                self._busy.add(queue)
                self._begin(self._deliver(queue, command))

    def say_again(self) -> None:
        """On a new connection, as a browser does that was killed before it noted the answer."""
        if self._stutters:
            for command in self._done[-REMEMBERED:]:
                self._begin(self._repeat(command))

    def drop(self, name: str) -> None:
        self.commands.pop(name, None)

    async def _deliver(self, queue: int, command: Frame) -> None:
        try:
            goes_on = await self._say(command)
        except Lost:
            goes_on = False
        finally:
            self._busy.discard(queue)
        if goes_on:
            self.flush()

    async def _say(self, command: Frame) -> bool:
        if self._stutters:
            self._begin(self._repeat(command))
        try:
            result = await self._ask(command)
        except Refusal as refusal:
            return self._refused(command, refusal)
        assert result is not None
        self._book.acknowledge(command["client_id"], receipt_of(command, result))
        self._done = [*self._done[-REMEMBERED:], command]
        self.drop(command["client_id"])
        self._sent(command, result)
        return True

    async def _repeat(self, command: Frame) -> None:
        try:
            result = await self._ask(command)
        except (Lost, Refusal):
            # Refused or gone: its first saying tells what became of it.
            return
        assert result is not None
        self._book.repeats += 1
        self._book.acknowledge(command["client_id"], receipt_of(command, result))

    def _refused(self, command: Frame, refusal: Refusal) -> bool:
        if refusal.retry_after is not None:
            self._not_before = time.monotonic() + refusal.retry_after
            asyncio.get_running_loop().call_later(refusal.retry_after + 0.01, self.flush)
            return False
        if command["client_id"] in self.commands:
            self._book.refuse(command["client_id"], refusal.code)
            self.drop(command["client_id"])
        return True

    def _begin(self, deed: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(deed)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def receipt_of(command: Frame, result: Frame) -> Receipt:
    """Where it stands; the answer to a request is a log that has it."""
    if result["kind"] == "message":
        return Receipt(result["conversation_id"], result["number"])
    found = [entry for entry in result["entries"] if entry.get("client_id") == command["client_id"]]
    return Receipt(result["conversation"]["id"], found[0]["number"] if found else 0)
