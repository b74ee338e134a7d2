"""Frames for a client that fetches them: numbered from 1, kept until it says that it has them."""

import asyncio
import collections
import itertools

from django.conf import settings

from core.realtime.http.said import Batch

#: Of what is fetched at once; a longer frame goes alone.
_BATCH_BYTES = 256 * 1024
#: How much more may be under way, fetched and not confirmed, than may wait to be fetched.
_UNDER_WAY = 4


class Mailbox:
    def __init__(self) -> None:
        self.code: int | None = None
        self._frames: collections.deque[bytes] = collections.deque()
        self._first = 1
        self._kept = 0
        #: The highest number that was fetched, and the bytes beyond it.
        self._fetched = 0
        self._waiting = 0
        self._fetchers: set[asyncio.Future[None]] = set()

    def put(self, payload: bytes) -> int:
        """Keep a frame; returns the bytes that a receiver in trouble had left untaken before."""
        under_way = self._kept - _UNDER_WAY * settings.SEND_BUFFER_LIMIT
        before = max(self._waiting, under_way)
        self._frames.append(payload)
        self._kept += len(payload)
        self._waiting += len(payload)
        self._wake()
        return before

    def close(self, code: int, *, abort: bool = False) -> None:
        """Nothing comes after what is there; `abort` drops that as well."""
        if self.code is not None:
            return
        self.code = code
        if abort:
            self._first += len(self._frames)
            self._frames.clear()
            self._kept = self._waiting = 0
        self._wake()

    def forget(self, heard: int) -> None:
        """The client has everything up to this number."""
        self._count_fetched(heard)
        while self._frames and self._first <= heard:
            self._kept -= len(self._frames.popleft())
            self._first += 1

    async def fetch(self, after: int, wait: float) -> Batch:
        """What comes after this number, at once or as soon as there is anything within so many seconds."""
        if self._newest <= after and self.code is None:
            await self._news(wait)
        return self._beyond(after)

    @property
    def _newest(self) -> int:
        return self._first + len(self._frames) - 1

    def _beyond(self, after: int) -> Batch:
        first = min(max(after + 1, self._first), self._newest + 1)
        frames: list[bytes] = []
        size = 0
        for frame in itertools.islice(self._frames, first - self._first, None):
            size += len(frame)
            if frames and size > _BATCH_BYTES:
                break
            frames.append(frame)
        last = first + len(frames) - 1
        self._count_fetched(last)
        return Batch(first, frames, self.code if last == self._newest else None)

    def _count_fetched(self, last: int) -> None:
        last = min(last, self._newest)
        for number in range(max(self._fetched + 1, self._first), last + 1):
            self._waiting -= len(self._frames[number - self._first])
        self._fetched = max(self._fetched, last)

    async def _news(self, wait: float) -> None:
        fetcher: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._fetchers.add(fetcher)
        try:
            async with asyncio.timeout(wait):
                await fetcher
        except TimeoutError:
            pass
        finally:
            self._fetchers.discard(fetcher)

    def _wake(self) -> None:
        for fetcher in self._fetchers:
            if not fetcher.done():
                fetcher.set_result(None)
