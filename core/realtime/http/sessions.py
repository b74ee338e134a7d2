"""The sessions of one process, and the way to those of others."""

import asyncio
import collections
import logging
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings

from core.geo import household, is_local
from core.realtime import roster
from core.realtime.http.relay import NAME_LENGTH, Distant, Relay
from core.realtime.http.said import BUSY, GONE, NotTakenError
from core.realtime.http.session import Session
from core.realtime.hub import Hub

logger = logging.getLogger(__name__)

_NOT_FOUND = 404


class Sessions:
    """`application` routes sockets by their path; `hub` tells the hub of this process."""

    def __init__(self, application: Any, hub: Callable[[], Hub]) -> None:
        self._application = application
        self._hub = hub
        self._process = secrets.token_hex(NAME_LENGTH // 2)
        self._relay: Relay | None = None
        self._open: dict[str, Session] = {}
        #: Of each address. A session costs no connection: alone, anybody could have all of them.
        self._of: collections.Counter[str] = collections.Counter()
        self._running: set[asyncio.Task[None]] = set()

    async def begin(self, path: str, request: dict[str, Any]) -> Session:
        address = _address(request)
        if len(self._open) >= settings.HTTP_SESSIONS_LIMIT or self._is_crowded(address):
            raise NotTakenError(BUSY)
        await self._reach()
        # Who knows the name is the client: it is long, random, and told to nobody else.
        session = Session(self._process + secrets.token_urlsafe(24), path, request)
        self._open[session.name] = session
        self._of[address] += 1
        task = asyncio.create_task(session.run(self._application))
        self._running.add(task)
        task.add_done_callback(lambda done: self._ended(done, session, address))
        if not await session.is_accepted():
            del self._open[session.name]
            raise NotTakenError(_NOT_FOUND)
        return session

    async def find(self, path: str, name: str) -> Session | Distant:
        """The session of this name, here or in the process that the name begins with."""
        if self.is_own(name):
            return self.own(path, name)
        return Distant(await self._reach(), path, name)

    def is_own(self, name: str) -> bool:
        return name.startswith(self._process)

    def own(self, path: str, name: str) -> Session:
        """A session of this process; one that was begun for another path is none."""
        session = self._open.get(name)
        if session is None or session.path != path:
            raise NotTakenError(GONE)
        return session

    async def stop(self) -> None:
        """End every session; their clients open others."""
        for session in list(self._open.values()):
            session.close(roster.RESTARTING)
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _reach(self) -> Relay:
        hub = self._hub()
        if self._relay is None or self._relay.hub is not hub:
            self._relay = Relay(hub, self._process, self.own)
        await self._relay.listen()
        return self._relay

    def _is_crowded(self, address: str) -> bool:
        return self._of[address] >= settings.HTTP_SESSIONS_PER_ADDRESS and not is_local(address)

    def _ended(self, task: asyncio.Task[None], session: Session, address: str) -> None:
        self._running.discard(task)
        if not task.cancelled() and (trouble := task.exception()):
            logger.error("A socket over HTTP failed.", exc_info=trouble)
        # What was said last, and why it closed, may still be fetched.
        loop = asyncio.get_running_loop()
        loop.call_later(settings.HTTP_AWAY_SECONDS, self._forget, session, address)

    def _forget(self, session: Session, address: str) -> None:
        self._open.pop(session.name, None)
        self._of[address] -= 1
        if self._of[address] <= 0:
            del self._of[address]


def _address(request: dict[str, Any]) -> str:
    """As whom the client counts, as config/edge.py has found out."""
    client = request.get("client")
    return household(str(client[0])) if client else ""
