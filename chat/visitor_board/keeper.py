"""Leases of processes: a dead one's visitors are taken off, a lost or emptied Valkey is filled again.

Each process that has visitors renews one lease, for all its companies. Who finds another's lapsed takes that one's
visitors off, unless they have come to another process meanwhile. Who finds its own lapsed, or has connected to
Valkey again, writes everybody anew, a part at a time.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Mapping
from itertools import islice

from chat.hot.visits import Visits
from chat.visitor_board import keys, scripts
from chat.visitor_board.site import PART, Site, encoded
from core.realtime import background
from core.realtime.hub import Hub
from core.realtime.packets import Packet

logger = logging.getLogger(__name__)

#: Seconds a lease lasts, and seconds between two looks. Together with what a tick takes, less than ten.
LEASE = 6
EVERY = 2.0
#: Seconds that taking off the visitors of a dead process may take.
CLAIM = 10
#: Seconds between two notes in the rows that those who look at one page for long are still there.
STILL_EVERY = 600.0


class Keeper:
    def __init__(self, hub: Hub, visits: Visits, process: str, sites: Mapping[str, Site]) -> None:
        self.process = process
        self._hub = hub
        self._visits = visits
        self._sites = sites
        #: Companies whose visitors others know to be here.
        self._standing: set[str] = set()
        self._noted_at: dict[str, float] = {}
        self._is_lost = False
        self._is_away = False
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        await self._hub.join(keys.wake(self.process), self)
        # Perhaps this process follows one that died.
        self._wake.set()
        self._task = asyncio.create_task(self._run())

    async def stop(self, grace: float) -> None:
        """Others take off who has not come to them within the grace."""
        await background.end(self._task)
        self._hub.leave(keys.wake(self.process), self)
        with contextlib.suppress(ConnectionError):
            if self._standing:
                await self._hub.call("PEXPIRE", keys.lease(self.process), int(grace * 1000))

    def push(self, packet: Packet) -> None:
        """Another process took this one for dead."""
        self.resync()

    def resync(self) -> None:
        """Valkey was away, and may have forgotten."""
        self._is_lost = True
        self._wake.set()

    async def stand_for(self, schema: str) -> None:
        """Let others know that a company has visitors here, before the first of them is told of."""
        if schema in self._standing:
            return
        self._standing.add(schema)
        self._noted_at[schema] = time.monotonic()
        try:
            await self._renew()
            await self._hub.call("SADD", keys.companies(self.process), schema)
        except Exception:
            self._standing.discard(schema)
            raise

    async def fall_silent(self, schema: str) -> None:
        """A company has nobody here any more."""
        self._standing.discard(schema)
        self._noted_at.pop(schema, None)
        await self._hub.call("SREM", keys.companies(self.process), schema)
        if not self._standing:
            await self._hub.call("SREM", keys.PROCESSES, self.process)
            await self._hub.call("DEL", keys.lease(self.process))

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), EVERY)
            self._wake.clear()
            try:
                await self._keep()
                self._is_away = False
            except Exception as error:
                if not self._is_away:
                    logger.warning("The board waits for Valkey: %s", type(error).__name__)
                self._is_away = True

    async def _keep(self) -> None:
        await self._stay_known()
        for process in await self._dead():
            await self._bury(process)
        await self._note_who_stays()

    async def _stay_known(self) -> None:
        is_lost, self._is_lost = self._is_lost, False
        try:
            if self._standing and (not await self._renew() or is_lost):
                await self._fill()
        except BaseException:
            self._is_lost = True
            raise

    async def _renew(self) -> bool:
        """Whether the lease was still there."""
        before = await self._hub.call("SET", keys.lease(self.process), "1", "EX", LEASE, "GET")
        await self._hub.call("SADD", keys.PROCESSES, self.process)
        return before is not None

    async def _fill(self) -> None:
        """Write everybody here anew. What is not known to be so is left to the others."""
        self._standing &= self._sites.keys()
        for schema in list(self._standing):
            await self._hub.call("SADD", keys.companies(self.process), schema)
            await self._hub.call("DEL", keys.visitors(schema, self.process))
            everybody = iter(self._sites[schema].told())
            while part := list(islice(everybody, PART)):
                await self._fill_part(schema, [one.visitor for one in part])
            channel = keys.channel(schema)
            await self._hub.call("EVAL", scripts.JUMP, 1, keys.version(schema), channel)

    async def _fill_part(self, schema: str, part: list[str]) -> None:
        visitors = self._sites[schema].visitors if schema in self._sites else {}
        # As they are now: somebody may have gone since the first part.
        words = [word for key in part if key in visitors for word in (key, encoded(visitors[key]))]
        if words:
            of_process = keys.of_process(schema, self.process)
            await self._hub.call("EVAL", scripts.FILL, 3, *of_process, self.process, *words)

    async def _dead(self) -> list[str]:
        found = await self._hub.call("SMEMBERS", keys.PROCESSES)
        others = [name.decode() for name in found if name.decode() != self.process]
        alive = await asyncio.gather(*(self._hub.call("EXISTS", keys.lease(name)) for name in others))
        return [name for name, is_alive in zip(others, alive, strict=True) if not is_alive]

    async def _bury(self, process: str) -> None:
        if not await self._hub.call("SET", keys.claim(process), self.process, "NX", "EX", CLAIM):
            return
        for name in await self._hub.call("SMEMBERS", keys.companies(process)):
            if await self._hub.call("EXISTS", keys.lease(process)):
                break
            await self._take_off(name.decode(), process)
        if await self._hub.call("EXISTS", keys.lease(process)):
            # It was only slow. What was taken off is written again.
            self._hub.publish(keys.wake(process), b"{}")
            return
        await self._hub.call("DEL", keys.companies(process))
        await self._hub.call("SREM", keys.PROCESSES, process)

    async def _take_off(self, schema: str, process: str) -> None:
        at = int((time.time() - LEASE) * 1000)
        words = (keys.visitors(schema), process, keys.channel(schema), at)
        gone = await self._hub.call("EVAL", scripts.BURY, 3, *keys.of_process(schema, process), *words)
        self._visits.left(schema, {key.decode(): at for key in gone})

    async def _note_who_stays(self) -> None:
        for schema, at in list(self._noted_at.items()):
            site = self._sites.get(schema)
            if site is not None and time.monotonic() - at > STILL_EVERY:
                self._noted_at[schema] = time.monotonic()
                self._visits.stayed(schema, site.staying())
                for key in keys.of_process(schema, self.process):
                    await self._hub.call("EXPIRE", key, scripts.FORGET)
