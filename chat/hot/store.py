"""The hot path's own connection to PostgreSQL: asyncpg on the event loop, qualified names, no search path."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import asyncpg

from core.realtime import refusals

logger = logging.getLogger(__name__)

T = TypeVar("T")

#: Seconds for which a statement is tried again while the database is away, before senders are told.
PATIENCE = 10.0

#: What says "the connection is gone", as opposed to "this statement is wrong".
LOST = (
    OSError,
    asyncpg.InterfaceError,
    # A connection that is ended just as a statement begins confuses the driver.
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
)

# Plans are made once and kept: on tables that were empty then, a sequential scan would look cheap for ever.
_SETTINGS = {
    "application_name": "parley-hot",
    "enable_seqscan": "off",
    "jit": "off",
    "search_path": "pg_catalog",
}


class Store:
    """One connection, opened when needed and again after it was lost."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: asyncpg.Connection | None = None
        # A connection does one thing at a time; whoever else comes waits.
        self._free = asyncio.Lock()

    async def fetch(self, statement: str, *arguments: Any) -> list[Any]:
        """The statement's rows; committed when this returns. Tried again while the database is away, so
        the statement must be harmless when repeated. Raises Unavailable after PATIENCE seconds."""
        async with self._free:
            return await self._patiently(
                # A connection whose other end has vanished never answers, and nobody else would get on.
                lambda connection: connection.fetch(statement, *arguments, timeout=PATIENCE)
            )

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close(timeout=2)

    async def _patiently(self, use: Callable[[Any], Awaitable[T]]) -> T:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return await use(await self._open())
            except LOST as error:
                await self._forget()
                if time.monotonic() > until:
                    raise refusals.Unavailable from error
                logger.warning("The database is away (%s); trying again.", type(error).__name__)
                await asyncio.sleep(0.2)

    async def _open(self) -> asyncpg.Connection:
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(
                self._dsn, server_settings=_SETTINGS, timeout=5, statement_cache_size=500
            )
        return self._connection

    async def _forget(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.terminate()
