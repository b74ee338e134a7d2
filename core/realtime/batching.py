"""Work that arrives while a statement is under way goes together into the next one.

There is no waiting timer: an idle system works at once, a busy one in ever larger batches.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

from core import errors
from core.realtime import background

logger = logging.getLogger(__name__)

#: A batch of so many items is part of a rush.
RUSH = 8

Item = TypeVar("Item")
Result = TypeVar("Result")


class Batcher(Generic[Item, Result]):
    """Collects items, works them off in batches, and answers each.

    `work` takes the items of a batch and returns a result, or an exception, for each. If it raises something
    unforeseen, the items of that batch are tried one by one, so that one bad item fails alone. Where a batch costs
    much, however small, there may be a `pace`: in a rush the next begins no sooner than so many seconds after it began.
    """

    def __init__(
        self,
        work: Callable[[list[Item]], Awaitable[list[Result | Exception]]],
        *,
        limit: int,
        most: int = 512,
        pace: float = 0,
    ) -> None:
        self._work = work
        self._limit = limit
        self._most = most
        self._pace = pace
        self._waiting: list[tuple[Item, Callable[[Result | Exception], None]]] = []
        self._wake = asyncio.Event()
        self._is_working = False
        self._worker: asyncio.Task[None] | None = None
        #: Worked off so far.
        self.batches = 0
        self.items = 0

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def start(self) -> None:
        self._worker = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Finish what was taken on, then end."""
        while self._worker is not None and (self._waiting or self._is_working):
            await asyncio.sleep(0.01)
        await background.end(self._worker)

    def put(self, item: Item, answer: Callable[[Result | Exception], None]) -> None:
        """Take on an item; raises SlowDown when too many wait already."""
        if len(self._waiting) >= self._limit:
            raise errors.SlowDown
        self._waiting.append((item, answer))
        self._wake.set()

    async def ask(self, item: Item) -> Result:
        """Take on an item and wait for its result."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()

        def answer(result: Result | Exception) -> None:
            if future.done():
                return
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)

        self.put(item, answer)
        return await future

    async def _run(self) -> None:
        while True:
            while not self._waiting:
                self._wake.clear()
                await self._wake.wait()
            begun = time.monotonic()
            batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            self._is_working = True
            self.batches += 1
            self.items += len(batch)
            results = await self._results([item for item, _ in batch])
            for (_, answer), result in zip(batch, results, strict=True):
                _answer(answer, result)
            self._is_working = False
            if self._pace and len(batch) >= RUSH:
                await asyncio.sleep(self._pace - (time.monotonic() - begun))

    async def _results(self, items: list[Item]) -> list[Result | Exception]:
        try:
            return await self._work(items)
        except errors.DomainError as error:
            # Meant for all of them, such as that the database is away.
            return [error] * len(items)
        except Exception as error:
            if len(items) == 1:
                return [error]
            logger.warning("A batch of %d failed (%s); trying each alone.", len(items), type(error).__name__)
            return [result for item in items for result in await self._results([item])]


def _answer(answer: Callable[[Any], None], result: object) -> None:
    try:
        answer(result)
    except Exception:
        # One who cannot be told must not keep the others from their answers.
        logger.exception("An answer could not be given.")
