"""Visits and the pages seen in them, written in batches: one writer a process, a few statements a company.

Whether somebody who comes begins a visit or goes on with one is decided in the database, under the lock of the
visitor's row: pages, tabs and processes that see one visitor at a time write one visit. Each statement is harmless
when repeated.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import asyncpg
import msgspec

from chat.hot import visit_statements as statements
from chat.hot.store import Store
from companies.models import Company
from core.realtime import background, pool, refusals
from protocol import payloads
from widgets.models import PAUSE
from widgets.services import visits

logger = logging.getLogger(__name__)

#: Seconds between two batches, if something is waiting; the first after a quiet time is written at once.
EVERY = 0.5
#: Visitors in one statement.
CHUNK = 500
#: Pages of one visitor that may wait.
PAGES = 50
#: Seconds that stopping may take.
STOPPING = 5.0
#: Seconds after which the alarm that closes lost visits is set again, where there are new ones.
WATCHED_FOR = visits.CLOSE_EVERY.total_seconds()

T = TypeVar("T")


class Known(NamedTuple):
    """What the database knows of somebody who is here."""

    visitor: str
    name: str
    visits: int
    began_at: int
    pages: int
    source: payloads.Source


class Seen(NamedTuple):
    """Somebody, and the pages they have looked at since the last batch, each with its time in seconds."""

    visitor: payloads.BoardVisitor
    referrer: str
    pages: list[tuple[float, payloads.Page]]


class _Notes:
    """What has to be written for one company."""

    def __init__(self, company: Company | None) -> None:
        self.company = company
        self.seen: dict[str, Seen] = {}
        self.stayed: dict[str, float] = {}
        self.left: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self.seen) + len(self.stayed) + len(self.left)


class Visits:
    def __init__(self, store: Store, *, limit: int) -> None:
        self._store = store
        self._limit = limit
        self._notes: dict[str, _Notes] = {}
        self._waiting = 0
        self._dropped = 0
        self._is_writing = False
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._watched_until: dict[str, float] = {}
        #: The visits of those who are in this process: what they look at needs no look at what was before.
        self._here: dict[str, dict[str, int]] = {}
        #: Told of everybody who comes, once they are written; says whether they are still here.
        self.told: Callable[[str, Known], bool] = lambda schema, known: False

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Write what waits, if the database is there."""
        await background.end(self._task)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._write(), STOPPING)
        if self._waiting:
            logger.warning("%d sightings of visitors could not be written before the end.", self._waiting)

    @property
    def waiting(self) -> int:
        return self._waiting

    def seen(
        self, schema: str, visitor: payloads.BoardVisitor, referrer: str = "", company: Company | None = None
    ) -> None:
        """They look at the page that they are on now."""
        notes = self._noted(schema, company)
        before = notes.seen.get(visitor.visitor)
        pages = before.pages if before else []
        if len(pages) < PAGES and self._has_room():
            pages.append((time.time(), visitor.page))
            notes.seen[visitor.visitor] = Seen(visitor, before.referrer if before else referrer, pages)

    def stayed(self, schema: str, visitor_ids: Iterable[str]) -> None:
        """They are still there, whatever they look at."""
        now, notes = time.time(), self._noted(schema)
        for visitor_id in visitor_ids:
            if self._has_room():
                notes.stayed[visitor_id] = now

    def left(self, schema: str, visitor_ids: dict[str, int]) -> None:
        """They have gone, each at a time in milliseconds."""
        notes = self._noted(schema)
        for visitor_id, at in visitor_ids.items():
            if self._has_room():
                notes.left[visitor_id] = at / 1000

    def gone(self, schema: str, visitor_id: str) -> None:
        """They are in this process no more, and have perhaps left."""
        here = self._here.get(schema, {})
        here.pop(visitor_id, None)
        if not here:
            self._here.pop(schema, None)

    def _noted(self, schema: str, company: Company | None = None) -> _Notes:
        notes = self._notes.setdefault(schema, _Notes(company))
        notes.company = notes.company or company
        self._wake.set()
        return notes

    def _has_room(self) -> bool:
        if self._waiting < self._limit:
            self._waiting += 1
            return True
        if not self._dropped:
            logger.warning("%d sightings of visitors wait for the database; more are not kept.", self._limit)
        self._dropped += 1
        return False

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            try:
                await self._write()
            except refusals.Unavailable:
                logger.warning("Visits wait until the database is back.")
            except Exception:
                logger.exception("Visits could not be written.")
            await asyncio.sleep(EVERY)

    @property
    def is_idle(self) -> bool:
        """Whether everything noted has been written."""
        return not (self._notes or self._is_writing)

    async def _write(self) -> None:
        """Everything that waits; what the database cannot take now waits on."""
        self._is_writing = True
        try:
            await self._write_all()
        finally:
            self._is_writing = False

    async def _write_all(self) -> None:
        self._wake.clear()
        taken, self._notes = self._notes, {}
        self._waiting = 0
        while taken:
            schema, notes = next(iter(taken.items()))
            try:
                await self._write_company(schema, notes)
            except (refusals.Unavailable, asyncio.CancelledError):
                self._put_back(taken)
                raise
            del taken[schema]
        if self._dropped and not self._waiting:
            logger.warning("%d sightings of visitors were not kept.", self._dropped)
            self._dropped = 0

    def _put_back(self, taken: dict[str, _Notes]) -> None:
        for schema, old in taken.items():
            notes = self._noted(schema, old.company)
            for visitor_id, seen in old.seen.items():
                newer = notes.seen.get(visitor_id)
                pages = [*seen.pages, *(newer.pages if newer else ())][-PAGES:]
                notes.seen[visitor_id] = Seen(newer.visitor if newer else seen.visitor, seen.referrer, pages)
            notes.stayed = old.stayed | notes.stayed
            notes.left = old.left | notes.left
        self._waiting = sum(map(len, self._notes.values()))

    async def _write_company(self, schema: str, notes: _Notes) -> None:
        """One company's trouble is not another's."""
        for seen in _chunks(list(notes.seen.values())):
            await self._spared(schema, self._write_seen, seen, notes.company)
        for stayed in _chunks(list(notes.stayed.items())):
            await self._spared(schema, self._write_stayed, stayed)
        for left in _chunks(list(notes.left.items())):
            await self._spared(schema, self._write_left, left)

    async def _spared(self, schema: str, write: Callable[..., Any], chunk: list[T], *more: Any) -> None:
        """What cannot be written is halved until it is found and left out."""
        try:
            await write(schema, chunk, *more)
        except refusals.Unavailable:
            raise
        except Exception as error:
            if len(chunk) == 1 or isinstance(error, asyncpg.UndefinedTableError):
                # The name alone: what the database complains of may quote what people wrote.
                logger.error("%d visitors could not be written: %s", len(chunk), type(error).__name__)
                return
            middle = len(chunk) // 2
            await self._spared(schema, write, chunk[:middle], *more)
            await self._spared(schema, write, chunk[middle:], *more)

    async def _write_seen(self, schema: str, chunk: list[Seen], company: Company | None) -> None:
        here = self._here.get(schema, {})
        if came := [seen for seen in chunk if seen.visitor.visitor not in here]:
            await self._write_arrived(schema, came, company)
        if moved := [seen for seen in chunk if seen.visitor.visitor in here]:
            await self._write_viewed(schema, moved, here)

    async def _write_arrived(self, schema: str, came: list[Seen], company: Company | None) -> None:
        arrivals = _json(map(statements.arrival, came))
        rows = await self._store.fetch(statements.arrived(schema), arrivals, PAUSE)
        visit_of = {row["visitor"]: row["id"] for row in rows}
        pages = await self._write_viewed(schema, came, visit_of)
        for row in rows:
            if self.told(schema, _known(row, pages.get(row["id"], row["pages"]))):
                self._here.setdefault(schema, {})[row["visitor"]] = row["id"]
        if company is not None and any(row["is_new"] for row in rows):
            await self._watch(schema, company)

    async def _write_viewed(self, schema: str, seen: list[Seen], visit_of: dict[str, int]) -> dict[int, int]:
        """Pages by visit."""
        of = [(visit_of[one.visitor.visitor], one.pages) for one in seen if one.visitor.visitor in visit_of]
        views = [view for visit, pages in of for view in statements.views(visit, pages)]
        return dict(await self._store.fetch(statements.viewed(schema), _json(views)))

    async def _write_stayed(self, schema: str, chunk: list[tuple[str, float]]) -> None:
        await self._store.fetch(statements.stayed(schema), *map(list, zip(*chunk, strict=True)))

    async def _write_left(self, schema: str, chunk: list[tuple[str, float]]) -> None:
        await self._store.fetch(statements.left(schema), *map(list, zip(*chunk, strict=True)))

    async def _watch(self, schema: str, company: Company) -> None:
        """Visits whose end nobody tells, since the process has died, are closed by an alarm."""
        now = time.monotonic()
        if self._watched_until.get(schema, 0) > now:
            return
        await pool.run(visits.watch, company)
        self._watched_until[schema] = now + WATCHED_FOR


def _known(row: Any, pages: int) -> Known:
    source = payloads.Source(kind=row["source_kind"], name=row["source_name"], words=row["source_words"])
    return Known(row["visitor"], row["name"], row["number"], row["began_at"], pages, source)


def _json(rows: Iterable[Any]) -> str:
    return msgspec.json.encode(list(rows)).decode()


def _chunks(rows: list[T]) -> Iterable[list[T]]:
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield chunk
