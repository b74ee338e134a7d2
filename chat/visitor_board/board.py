"""What one process of sockets does for the board: keep its visitors, tell Valkey of changes, answer agents."""

import asyncio
import logging
import time
import uuid

import msgspec
from django.conf import settings

from chat.hot.visits import Known, Visits
from chat.visitor_board import keys, scripts, snapshots
from chat.visitor_board.keeper import Keeper
from chat.visitor_board.site import News, Site, encoded, move_of
from companies.models import Company
from core.geo import household, is_local
from core.realtime import background, packets
from core.realtime.batching import Batcher
from core.realtime.hub import Hub
from core.tenancy import context
from protocol import payloads

logger = logging.getLogger(__name__)

TICK = 1 / 3
#: Seconds a visitor may be away between two pages before the board lets them go.
GRACE = 5.0
#: Seconds between two lines in the log that say that a bound is met.
SAID_EVERY = 60.0


class Board:
    def __init__(self, hub: Hub, visits: Visits) -> None:
        self._hub = hub
        self._visits = visits
        visits.told = self._know
        self._sites: dict[str, Site] = {}
        #: Companies of which something may have to be told.
        self._stirred: dict[str, Site] = {}
        self._keeper = Keeper(hub, visits, uuid.uuid4().hex, self._sites)
        self._reader: Batcher[str, snapshots.Snapshot] = Batcher(
            snapshots.Reader(hub).read, limit=settings.WRITER_QUEUE_LIMIT
        )
        self._task: asyncio.Task[None] | None = None
        self._said_at = -SAID_EVERY

    async def start(self) -> None:
        self._reader.start()
        await self._keeper.start()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Tell what has changed. Who is here stays on the board for a moment, and goes on in another process."""
        await background.end(self._task)
        for site in list(self._sites.values()):
            await self._tell(site)
        await self._keeper.stop(GRACE)
        await self._reader.stop()

    def count(self) -> int:
        return sum(len(site.visitors) for site in list(self._sites.values()))

    def enter(self, visitor: payloads.BoardVisitor, referrer: str = "") -> bool:
        """A socket of the visitor is here, in the company one is in. False where no more are listed."""
        schema = context.schema()
        site = self._sites.setdefault(schema, Site(schema))
        if not self._has_room(site, visitor):
            return False
        self._see(site, site.enter(visitor), visitor.page, referrer)
        return True

    def move(self, visitor_id: str, page: payloads.Page) -> None:
        """The visitor looks at another page."""
        site = self._sites.get(context.schema())
        if site is not None and visitor_id in site.visitors and site.look_at(visitor_id, page):
            self._see(site, site.visitors[visitor_id], page)

    def speak(self, schema: str, visitor_id: str, at: int) -> None:
        """A visitor of this company has written something, at this time in milliseconds."""
        site = self._sites.get(schema)
        if site is not None and at > site.spoken.get(visitor_id, 0):
            site.spoken[visitor_id] = at
            self._stirred[schema] = site

    def leave(self, visitor_id: str) -> None:
        """A socket of the visitor is gone; after a moment without another one they have left."""
        site = self._sites[context.schema()]
        site.sockets[visitor_id] -= 1
        if site.sockets[visitor_id] == 0:
            loop = asyncio.get_running_loop()
            at = int(time.time() * 1000)
            site.leaving[visitor_id] = loop.call_later(GRACE, self._let_go, site, visitor_id, at)

    async def opened(self) -> snapshots.Snapshot:
        """The version, everybody who is there and who left lately, of the company one is in."""
        return await self._reader.ask(context.schema())

    def _see(
        self, site: Site, visitor: payloads.BoardVisitor, page: payloads.Page, referrer: str = ""
    ) -> None:
        self._stirred[site.schema] = site
        company: Company | None = context.place().tenant
        whole = visitor if visitor.page is page else msgspec.structs.replace(visitor, page=page)
        self._visits.seen(site.schema, whole, referrer, company)

    def _know(self, schema: str, known: Known) -> bool:
        site = self._sites.get(schema)
        if site is None or known.visitor not in site.visitors:
            return False
        site.know(known)
        self._stirred[schema] = site
        return True

    def _let_go(self, site: Site, visitor_id: str, at: int) -> None:
        site.let_go(visitor_id, at)
        self._visits.gone(site.schema, visitor_id)
        self._stirred[site.schema] = site

    def _has_room(self, site: Site, visitor: payloads.BoardVisitor) -> bool:
        schema = site.schema
        if visitor.visitor in site.visitors:
            return True
        if len(site.visitors) >= settings.BOARD_PER_COMPANY:
            self._say("%s has %d visitors in this process; more are not listed.", schema, len(site.visitors))
            return False
        here = site.addresses[household(visitor.ip)]
        if here >= settings.BOARD_PER_ADDRESS and not is_local(visitor.ip):
            self._say("One address has %d visitors of %s; more are not listed.", here, schema)
            return False
        return True

    def _say(self, line: str, *facts: object) -> None:
        """In one line now and then: who meets a bound meets it a thousand times."""
        if time.monotonic() - self._said_at >= SAID_EVERY:
            self._said_at = time.monotonic()
            logger.warning(line, *facts)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            stirred, self._stirred = self._stirred, {}
            for site in stirred.values():
                await self._tell(site)
                if site.has_news:
                    self._stirred[site.schema] = site
                elif not site.visitors:
                    await self._forget(site)

    async def _tell(self, site: Site) -> None:
        """A part at a time, so that a crowd that comes at once stalls nobody."""
        for _ in range(site.parts):
            if not (news := site.news()):
                return
            try:
                await self._keeper.stand_for(site.schema)
                gone = await self._hub.call("EVAL", scripts.CHANGE, 3, *self._words(site, news))
            except Exception as error:
                site.give_back(news)
                self._say("The board could not be told: %s", type(error).__name__)
                return
            self._visits.left(site.schema, {key.decode(): news.gone[key.decode()] for key in gone})

    def _words(self, site: Site, news: News) -> list[str | bytes | int]:
        changed, moved = map(encoded, news.changed), map(encoded, news.moved)
        whole = [*changed, *moved]
        process = self._keeper.process
        words: list[str | bytes | int] = [
            *keys.of_process(site.schema, process),
            keys.visitors(site.schema), process, keys.channel(site.schema),
            b",".join(whole[: len(news.changed)]), packets.encoder.encode([*map(move_of, news.moved)])[1:-1],
            2 * len(whole),
        ]  # fmt: skip
        for visitor, text in zip((*news.changed, *news.moved), whole, strict=True):
            words += (visitor.visitor, text)
        for gone, at in news.gone.items():
            words += (gone, at)
        return words

    async def _forget(self, site: Site) -> None:
        # Somebody may come while Valkey is told.
        del self._sites[site.schema]
        try:
            await self._keeper.fall_silent(site.schema)
        except Exception as error:
            self._say("The board could not be told: %s", type(error).__name__)
