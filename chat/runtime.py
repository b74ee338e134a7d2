"""What one process of sockets has once: hub, writer, board, leases. Started with the server, used by sockets."""

import logging
from collections.abc import Awaitable
from typing import NamedTuple

from django.conf import settings

from chat import arrivals
from chat.attendance import Leases, Shown
from chat.crowds import Crowds
from chat.hot import marks, messages, numbers
from chat.hot.store import Store
from chat.hot.visits import Visits
from chat.hot.writer import MOST, Writer
from chat.tallies import Tallies
from chat.visitor_board import Board
from companies.directory import Directory
from core.realtime.batching import Batcher
from core.realtime.hub import Hub
from protocol import payloads

logger = logging.getLogger(__name__)


class Runtime(NamedTuple):
    hub: Hub
    writer: Batcher[messages.Message, messages.Stored]
    marker: Batcher[marks.Mark, payloads.Marks]
    reader: Batcher[numbers.Question, dict[int, int]]
    board: Board
    visits: Visits
    crowds: Crowds
    leases: Leases
    shown: Shown
    directory: Directory
    tallies: Tallies
    stores: tuple[Store, ...]

    async def start(self) -> None:
        arrivals.make_ready()
        await self.hub.start()
        for batcher in (self.writer, self.marker, self.reader):
            batcher.start()
        self.visits.start()
        await self.board.start()
        self.leases.start()
        self.tallies.start()

    async def stop(self) -> None:
        """Finish what was taken on, give leases up, and close the connections."""
        first = (self.writer, self.marker, self.reader, self.tallies, self.leases, self.board)
        for part in (*first, self.visits, self.hub):
            await _ended(part.stop())
        for store in self.stores:
            await _ended(store.close())


async def _ended(ending: Awaitable[None]) -> None:
    """One part that cannot end, such as for want of the database, keeps no other from ending."""
    try:
        await ending
    except Exception:
        logger.exception("Something could not be ended.")


_current: Runtime | None = None


def current() -> Runtime:
    if _current is None:
        raise RuntimeError("The runtime has not been started.")
    return _current


def is_started() -> bool:
    return _current is not None


async def start() -> Runtime:
    global _current
    _current = make()
    await _current.start()
    return _current


async def stop() -> None:
    global _current
    if _current is not None:
        await _current.stop()
        _current = None


def make() -> Runtime:
    """A runtime on the configured stores, not started."""
    hub = Hub(settings.REDIS_URL)
    stores = writing, marking, reading, noting = (Store(_dsn()), Store(_dsn()), Store(_dsn()), Store(_dsn()))
    visits = Visits(noting, limit=settings.VISITS_QUEUE_LIMIT)
    limit = settings.WRITER_QUEUE_LIMIT
    return Runtime(
        hub=hub,
        writer=Batcher(Writer(writing).write, limit=limit, most=MOST),
        marker=Batcher(marks.Marker(marking).move, limit=limit),
        reader=Batcher(numbers.Reader(reading).read, limit=limit),
        board=Board(hub, visits),
        visits=visits,
        crowds=Crowds(),
        leases=Leases(),
        shown=Shown(hub),
        directory=Directory(),
        tallies=Tallies(marking),
        stores=stores,
    )


def _dsn() -> str:
    """The database Django uses, which in tests is another one than DATABASE_URL names."""
    from urllib.parse import quote

    parts = settings.DATABASES["default"]
    login = quote(parts["USER"]) + (f":{quote(parts['PASSWORD'])}" if parts["PASSWORD"] else "")
    query = f"?host={quote(parts['HOST'], safe='')}" if parts["HOST"] else ""
    query += f"&port={parts['PORT']}" if parts["PORT"] and query else ""
    return f"postgresql://{login}{'@' if login else ''}/{quote(parts['NAME'])}{query}"
