"""What a process of sockets does for presence: renew the leases of its agents, and know what websites show."""

import asyncio
import contextlib
import logging
import uuid
from typing import Any, NamedTuple

import msgspec
from django.conf import settings

from accounts.models import Agent
from accounts.services import socket_tokens
from chat import audiences
from chat.services import availability, presence
from companies.models import Company
from core.realtime import pool
from core.realtime.batching import Batcher
from core.realtime.hub import Hub
from core.realtime.packets import Packet
from protocol import events, payloads

logger = logging.getLogger(__name__)


class Held(NamedTuple):
    company: Company
    agent: Agent
    session: str


class Change(NamedTuple):
    """A lease to begin, or one to give up."""

    held: Held
    lease_id: uuid.UUID
    is_gone: bool = False


class Leases:
    """The connections of agents in this process. While a socket lives its lease is renewed.

    Arrivals and departures that come while others are being written go together into the next transaction.
    """

    def __init__(self) -> None:
        self._held: dict[uuid.UUID, Held] = {}
        self._task: asyncio.Task[None] | None = None
        self._changes: Batcher[Change, None] = Batcher(_write, limit=100_000)

    def start(self) -> None:
        self._changes.start()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Give every lease up, with its grace: the agents come back to another process."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await asyncio.gather(*map(self.give_up, list(self._held)))
        await self._changes.stop()

    def count(self) -> int:
        return len(self._held)

    async def take(self, lease_id: uuid.UUID, company: Company, agent: Agent, session: str) -> None:
        self._held[lease_id] = held = Held(company, agent, session)
        await self._changes.ask(Change(held, lease_id))

    async def give_up(self, lease_id: uuid.UUID) -> None:
        held = self._held.pop(lease_id, None)
        if held is not None:
            await self._changes.ask(Change(held, lease_id, is_gone=True))

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(settings.LEASE_SECONDS / 4)
            for company, held in self._by_company().items():
                try:
                    await pool.run(_renew, company, held)
                except Exception as error:
                    # The next round comes before the leases lapse.
                    logger.warning("Leases could not be renewed: %s", type(error).__name__)

    def _by_company(self) -> dict[Company, dict[uuid.UUID, Held]]:
        found: dict[Company, dict[uuid.UUID, Held]] = {}
        for lease_id, held in self._held.items():
            found.setdefault(held.company, {})[lease_id] = held
        return found


async def _write(changes: list[Change]) -> list[Exception | None]:
    by_company: dict[Company, list[Change]] = {}
    for change in changes:
        by_company.setdefault(change.held.company, []).append(change)
    for company, its in by_company.items():
        await pool.run(_write_company, company, its)
    return [None] * len(changes)


def _write_company(company: Company, changes: list[Change]) -> None:
    gone = {change.lease_id: change.held.agent.pk for change in changes if change.is_gone}
    come = {change.lease_id: change.held for change in changes if not change.is_gone}
    with company.entered():
        if come:
            presence.connect_all(
                [presence.Arrival(held.agent, key, held.session) for key, held in come.items()]
            )
        if gone:
            presence.disconnect_all(gone)


def _renew(company: Company, held: dict[uuid.UUID, Held]) -> None:
    with company.entered():
        lost = presence.renew(held.keys())
        living = socket_tokens.living() if lost else set()
        for lease_id in lost:
            agent, session = held[lease_id].agent, held[lease_id].session
            if session in living:
                # The process stalled, or the database was away, for longer than a lease lasts.
                presence.connect(agent, lease_id, session)
            else:
                # Signed out while Valkey was away: the socket has not heard of it.
                presence.end_session(session)


_decoder = msgspec.json.Decoder(events.AvailabilityChanged)


class Shown:
    """What each company's website shows, kept in step by the events that every page hears."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._known: dict[str, _Watch] = {}

    async def availability(self, company: Company) -> payloads.Availability:
        """Asked of the database once for each company and process, however many come at the same time."""
        watch = self._known.setdefault(company.schema_name, _Watch())
        if watch.value is not None:
            return watch.value
        if watch.asking is None:
            watch.asking = asyncio.ensure_future(self._ask(company, watch))
        # Others wait for the same answer: who goes meanwhile must not take it along.
        return await asyncio.shield(watch.asking)

    async def _ask(self, company: Company, watch: "_Watch") -> payloads.Availability:
        """Listen first, then read: nothing falls between."""
        asking = asyncio.current_task()
        try:
            with company.entered():
                await self._hub.join(audiences.site(), watch)
                found = await pool.run(availability.current)
            return watch.answered(asking, found)
        finally:
            watch.forget(asking)


class _Watch:
    """Listens to one company's site channel."""

    def __init__(self) -> None:
        self.value: payloads.Availability | None = None
        self.asking: asyncio.Task[payloads.Availability] | None = None

    def answered(
        self, asking: asyncio.Task[Any] | None, found: payloads.Availability
    ) -> payloads.Availability:
        """The answer, unless something newer has been heard; kept unless it may be too old."""
        newest = self.value or found
        if self.asking is asking:
            self.value = newest
        return newest

    def forget(self, asking: asyncio.Task[Any] | None) -> None:
        if self.asking is asking:
            self.asking = None

    def push(self, packet: Packet) -> None:
        self.value = _decoder.decode(packet.payload).availability

    def resync(self) -> None:
        # An answer that is under way may be older than what was missed.
        self.value = self.asking = None
