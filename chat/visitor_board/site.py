"""One company's visitors in this process: who is here, and what is to be told of them."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

import msgspec

from chat.hot.visits import Known
from core.geo import household
from core.realtime import packets
from protocol import payloads

#: Seconds for which somebody new is kept back until the database has said what it knows of them.
PATIENCE = 1.5
#: Visitors told of in one step.
PART = 500
#: Characters of an address and of a title that the list shows; rows keep more.
URL_LENGTH, TITLE_LENGTH = 1000, 200


class News(NamedTuple):
    """What has changed here since the last time."""

    changed: list[payloads.BoardVisitor]
    moved: list[payloads.BoardVisitor]
    #: With the time in milliseconds.
    gone: dict[str, int]

    def __bool__(self) -> bool:
        return bool(self.changed or self.moved or self.gone)


class Site:
    def __init__(self, schema: str) -> None:
        self.schema = schema
        self.visitors: dict[str, payloads.BoardVisitor] = {}
        self.sockets: dict[str, int] = {}
        self.leaving: dict[str, asyncio.TimerHandle] = {}
        self.addresses: Counter[str] = Counter()
        #: Who was written to Valkey by this process.
        self._told: set[str] = set()
        self._fresh: set[str] = set()
        self._moved: set[str] = set()
        self._gone: dict[str, int] = {}
        self._kept_back: dict[str, float] = {}
        #: When each visitor last wrote, as far as it is not told yet.
        self.spoken: dict[str, int] = {}

    def enter(self, visitor: payloads.BoardVisitor) -> payloads.BoardVisitor:
        """One more socket of the visitor; returns them as the board has them now."""
        key = visitor.visitor
        self.sockets[key] = self.sockets.get(key, 0) + 1
        self._gone.pop(key, None)
        if leaving := self.leaving.pop(key, None):
            leaving.cancel()
        if key in self.visitors:
            self.look_at(key, visitor.page)
            return self.visitors[key]
        self.visitors[key] = msgspec.structs.replace(visitor, page=_short(visitor.page))
        self.addresses[household(visitor.ip)] += 1
        self._kept_back[key] = time.monotonic() + PATIENCE
        return visitor

    def look_at(self, key: str, page: payloads.Page) -> bool:
        """Whether it is another page than before."""
        before = self.visitors[key]
        short = _short(page)
        if before.page == short:
            return False
        pages = before.pages + (before.page.url != short.url)
        self.visitors[key] = msgspec.structs.replace(before, page=short, pages=pages)
        self._moved.add(key)
        return True

    def _listen(self) -> None:
        """Note what has been written; a message itself has no time for it."""
        spoken, self.spoken = self.spoken, {}
        for key, at in spoken.items():
            before = self.visitors.get(key)
            if before is not None and at > (before.last_message_at or 0):
                self.visitors[key] = msgspec.structs.replace(before, last_message_at=at)
                self._moved.add(key)

    def know(self, known: Known) -> None:
        """What the database says of somebody who is here."""
        before = self.visitors[known.visitor]
        self.visitors[known.visitor] = now = msgspec.structs.replace(
            before,
            name=known.name,
            visits=known.visits,
            entered_at=known.began_at,
            pages=max(before.pages, known.pages),
            source=known.source,
        )
        if self._kept_back.pop(known.visitor, None) is not None or now != before:
            self._fresh.add(known.visitor)

    def let_go(self, key: str, at: int) -> None:
        """The visitor's last socket here has been gone for long enough."""
        del self.sockets[key]
        self.leaving.pop(key, None)
        visitor = self.visitors.pop(key)
        address = household(visitor.ip)
        self.addresses[address] -= 1
        if not self.addresses[address]:
            del self.addresses[address]
        self._kept_back.pop(key, None)
        self._fresh.discard(key)
        self._moved.discard(key)
        self._gone[key] = at

    def news(self) -> News:
        """A part of what is to be told now; it counts as told, unless it is given back."""
        self._listen()
        self._let_out()
        fresh, moved, gone = _some(self._fresh), _some(self._moved), _some(self._gone)
        self._told.update(fresh)
        self._told.difference_update(gone)
        whole = set(fresh)
        news = News(
            [self.visitors[key] for key in fresh if key in self.visitors],
            [self.visitors[key] for key in moved if self._is_known(key) and key not in whole],
            {key: self._gone[key] for key in gone},
        )
        self._fresh.difference_update(fresh)
        self._moved.difference_update(moved)
        for key in gone:
            del self._gone[key]
        return news

    def _is_known(self, key: str) -> bool:
        return key in self._told and key in self.visitors

    @property
    def parts(self) -> int:
        """How many times `news` must be asked now for everything."""
        moved = len(self._moved) + len(self.spoken)
        most = max(len(self._fresh) + len(self._kept_back), moved, len(self._gone))
        return -(-most // PART)

    def _let_out(self) -> None:
        now = time.monotonic()
        for key in [key for key, until in self._kept_back.items() if until < now]:
            del self._kept_back[key]
            self._fresh.add(key)

    def give_back(self, news: News) -> None:
        """It could not be told; what has changed since counts."""
        self._fresh.update(one.visitor for one in (*news.changed, *news.moved))
        self._gone = {key: at for key, at in news.gone.items() if key not in self.visitors} | self._gone

    @property
    def has_news(self) -> bool:
        return bool(self._fresh or self._moved or self._gone or self._kept_back or self.spoken)

    def told(self) -> list[payloads.BoardVisitor]:
        """Everybody whom others may know of."""
        return [one for key, one in self.visitors.items() if key not in self._kept_back]

    def staying(self) -> list[str]:
        return [key for key in self.visitors if key not in self.leaving]


def _some(found: Iterable[str]) -> list[str]:
    return list(islice(found, PART))


def _short(page: payloads.Page) -> payloads.Page:
    if len(page.url) <= URL_LENGTH and len(page.title) <= TITLE_LENGTH:
        return page
    return payloads.Page(url=page.url[:URL_LENGTH], title=page.title[:TITLE_LENGTH])


def encoded(visitor: payloads.BoardVisitor) -> bytes:
    return packets.encoder.encode(visitor)


def move_of(visitor: payloads.BoardVisitor) -> payloads.BoardMove:
    return payloads.BoardMove(
        visitor=visitor.visitor,
        page=visitor.page,
        pages=visitor.pages,
        last_message_at=visitor.last_message_at,
    )
