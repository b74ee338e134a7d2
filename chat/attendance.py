"""What a process of sockets does for presence: renew the leases of its agents, and know what websites show."""

import asyncio
import datetime
import logging
import uuid
from typing import Any

import msgspec
from django.conf import settings
from django.utils import timezone

from accounts.errors import NotSignedIn
from accounts.models import Agent
from chat import audiences, register
from chat.register import Change, Held
from chat.services import availability
from companies.models import Company
from core.realtime import background, pool
from core.realtime.batching import Batcher
from core.realtime.hub import Hub
from core.realtime.packets import Packet
from protocol import events

logger = logging.getLogger(__name__)

#: An agent, by schema and id.
_Who = tuple[str, int]
_LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)

#: Seconds between two transactions of arrivals and departures in a rush, as after a restart: each takes some 25
#: statements in each company, however few have come.
_PACE = 0.5

#: Seconds without which nobody counts as idle: news of activity that come sooner may wait for the renewal.
_NEVER_IDLE_WITHIN = 60


class Leases:
    """The connections of agents in this process. While a socket lives its lease is renewed.

    Arrivals and departures that come while others are being written go together into the next transaction.
    """

    def __init__(self) -> None:
        self._held: dict[uuid.UUID, Held] = {}
        #: Those of them that are still to be written. Nothing is missing where there is no row of them yet.
        self._coming: set[uuid.UUID] = set()
        self._task: asyncio.Task[None] | None = None
        self._changes: Batcher[Change, None] = Batcher(self._write, limit=100_000, pace=_PACE)
        #: Held by whoever writes: a renewal under way would bring back a lease that is given up meanwhile.
        self._turn = asyncio.Lock()
        #: When each agent did something last, as far as this process knows, and what of it is still to be written.
        self._noted: dict[_Who, datetime.datetime] = {}
        self._unwritten: dict[_Who, datetime.datetime] = {}

    def start(self) -> None:
        self._changes.start()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Give every lease up, with its grace: the agents come back to another process."""
        async with self._turn:
            await background.end(self._task)
        await asyncio.gather(*map(self.give_up, list(self._held)))
        await self._changes.stop()

    def count(self) -> int:
        return len(self._held)

    async def take(
        self, lease_id: uuid.UUID, company: Company, agent: Agent, session: str, address: str = ""
    ) -> None:
        """Raises NotSignedIn where the sign-in is over, or does not hold at this address."""
        self._held[lease_id] = held = Held(company, agent, session, address)
        self._coming.add(lease_id)
        try:
            await self._changes.ask(Change(held, lease_id, is_new=True))
        except NotSignedIn:
            self._held.pop(lease_id, None)
            raise
        finally:
            self._coming.discard(lease_id)

    async def give_up(self, lease_id: uuid.UUID) -> None:
        held = self._held.pop(lease_id, None)
        if held is not None:
            who = _who(held)
            self._noted.pop(who, None)
            active_at = self._unwritten.pop(who, None)
            await self._changes.ask(Change(held, lease_id, is_gone=True, active_at=active_at))

    async def note_activity(self, lease_id: uuid.UUID, seconds_ago: float) -> None:
        """Their agent has done something. Written with the next renewal, but at once if they may be idle."""
        held = self._held.get(lease_id)
        if held is None:
            return
        who, now = _who(held), timezone.now()
        before = self._noted.get(who)
        at = self._noted[who] = max(before or _LONG_AGO, now - datetime.timedelta(seconds=seconds_ago))
        if before is not None and (now - before).total_seconds() < _NEVER_IDLE_WITHIN:
            self._unwritten[who] = at
        else:
            await self._changes.ask(Change(held, lease_id, active_at=at))

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(settings.LEASE_SECONDS / 4)
            await self.renew()

    async def renew(self) -> None:
        """All that are held."""
        for company, held in self._by_company().items():
            async with self._turn:
                await self._renew(company, {key: one for key, one in held.items() if self._is_there(key)})

    def _is_there(self, lease_id: uuid.UUID) -> bool:
        return lease_id in self._held and lease_id not in self._coming

    async def _renew(self, company: Company, held: dict[uuid.UUID, Held]) -> None:
        agents = {_who(one): one.agent.pk for one in held.values()}
        active = {who: self._unwritten.pop(who) for who in agents if who in self._unwritten}
        try:
            await pool.run(register.renew, company, held, {agents[who]: at for who, at in active.items()})
        except Exception as error:
            # The next round comes before the leases lapse.
            self._unwritten = active | self._unwritten
            logger.warning("Leases could not be renewed: %s", type(error).__name__)

    def _by_company(self) -> dict[Company, dict[uuid.UUID, Held]]:
        found: dict[Company, dict[uuid.UUID, Held]] = {}
        for lease_id, held in self._held.items():
            found.setdefault(held.company, {})[lease_id] = held
        return found

    async def _write(self, changes: list[Change]) -> list[Exception | None]:
        by_company: dict[Company, list[Change]] = {}
        for change in changes:
            by_company.setdefault(change.held.company, []).append(change)
        refused: set[uuid.UUID] = set()
        async with self._turn:
            for company, its in by_company.items():
                refused |= await pool.run(register.write, company, its)
        return [NotSignedIn() if one.is_new and one.lease_id in refused else None for one in changes]


def _who(held: Held) -> _Who:
    return held.company.schema_name, held.agent.pk


_decoder = msgspec.json.Decoder(events.AvailabilityChanged)


class Shown:
    """What each company's website shows, kept in step by the events that every page hears."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._known: dict[str, _Watch] = {}

    async def availability(self, company: Company) -> events.AvailabilityChanged:
        """Asked of the database once for each company and process, however many come at the same time."""
        watch = self._known.setdefault(company.schema_name, _Watch())
        if watch.value is not None:
            return watch.value
        if watch.asking is None:
            watch.asking = asyncio.ensure_future(self._ask(company, watch))
        # Others wait for the same answer: who goes meanwhile must not take it along.
        return await asyncio.shield(watch.asking)

    async def _ask(self, company: Company, watch: "_Watch") -> events.AvailabilityChanged:
        """Listen first, then read: nothing falls between."""
        asking = asyncio.current_task()
        try:
            with company.entered():
                await self._hub.join(audiences.site(), watch)
                found = await pool.run(availability.shown)
            return watch.answered(asking, availability.event(found))
        finally:
            watch.forget(asking)


class _Watch:
    """Listens to one company's site channel."""

    def __init__(self) -> None:
        self.value: events.AvailabilityChanged | None = None
        self.asking: asyncio.Task[events.AvailabilityChanged] | None = None

    def answered(
        self, asking: asyncio.Task[Any] | None, found: events.AvailabilityChanged
    ) -> events.AvailabilityChanged:
        """The answer, unless something newer has been heard; kept unless it may be too old."""
        newest = self.value or found
        if self.asking is asking:
            self.value = newest
        return newest

    def forget(self, asking: asyncio.Task[Any] | None) -> None:
        if self.asking is asking:
            self.asking = None

    def push(self, packet: Packet) -> None:
        self.value = _decoder.decode(packet.payload)

    def resync(self) -> None:
        # An answer that is under way may be older than what was missed.
        self.value = self.asking = None
