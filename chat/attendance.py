"""What a process of sockets does for presence: renew the leases of its agents, and know what websites show."""

import asyncio
import contextlib
import logging
import uuid
from typing import NamedTuple

import msgspec
from django.conf import settings

from accounts.models import Agent
from chat import audiences
from chat.services import availability, presence
from companies.models import Company
from core.realtime import pool
from core.realtime.hub import Hub
from core.realtime.packets import Packet
from protocol import events, payloads

logger = logging.getLogger(__name__)


class Held(NamedTuple):
    company: Company
    agent: Agent
    session: str


class Leases:
    """The connections of agents in this process. While a socket lives its lease is renewed."""

    def __init__(self) -> None:
        self._held: dict[uuid.UUID, Held] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Give every lease up, with its grace: the agents come back to another process."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        for lease_id in list(self._held):
            await self.give_up(lease_id)

    async def take(self, lease_id: uuid.UUID, company: Company, agent: Agent, session: str) -> None:
        self._held[lease_id] = held = Held(company, agent, session)
        await pool.run(_connect, held, lease_id)

    async def give_up(self, lease_id: uuid.UUID) -> None:
        held = self._held.pop(lease_id, None)
        if held is not None:
            await pool.run(_disconnect, held, lease_id)

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


def _connect(held: Held, lease_id: uuid.UUID) -> None:
    with held.company.entered():
        presence.connect(held.agent, lease_id, held.session)


def _disconnect(held: Held, lease_id: uuid.UUID) -> None:
    with held.company.entered():
        presence.disconnect(held.agent, lease_id)


def _renew(company: Company, held: dict[uuid.UUID, Held]) -> None:
    with company.entered():
        for lost in presence.renew(held.keys()):
            # The process stalled, or the database was away, for longer than a lease lasts.
            presence.connect(held[lost].agent, lost, held[lost].session)


_decoder = msgspec.json.Decoder(events.AvailabilityChanged)


class Shown:
    """What each company's website shows, kept in step by the events that every page hears."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._known: dict[str, _Watch] = {}

    async def availability(self, company: Company) -> payloads.Availability:
        """Asked of the database once for each company and process."""
        watch = self._known.get(company.schema_name)
        if watch is None:
            watch = self._known[company.schema_name] = _Watch()
            with company.entered():
                await self._hub.join(audiences.site(), watch)
        if watch.value is None:
            with company.entered():
                found = await pool.run(availability.current)
            watch.value = watch.value or found
        return watch.value


class _Watch:
    """Listens to one company's site channel."""

    def __init__(self) -> None:
        self.value: payloads.Availability | None = None

    def push(self, packet: Packet) -> None:
        self.value = _decoder.decode(packet.payload).availability

    def resync(self) -> None:
        self.value = None
