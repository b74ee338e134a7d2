"""The hot path's own connection to PostgreSQL: asyncpg on the event loop, qualified names, no search path."""

import asyncio
import itertools
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import asyncpg

from chat.hot import programs
from core.realtime import refusals

logger = logging.getLogger(__name__)

T = TypeVar("T")

#: Seconds for which a statement is tried again while the database is away, before senders are told.
PATIENCE = 10.0
#: A backend keeps some 0.3 MB for each company it has worked in, and never gives it back: after so many
#: functions, or so many seconds, the connection is renewed.
MOST_FUNCTIONS = 1000
LONGEST_LIFE = 600.0

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
# A list of ids is looked up through the index in the order of the ids, which is the order locks are taken in;
# a bitmap would take them in the order of the rows.
_SETTINGS = {
    "application_name": "parley-hot",
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
    "search_path": "pg_catalog",
}


class Store:
    """One connection, opened when needed and again after it was lost."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: asyncpg.Connection | None = None
        self._opened_at = 0.0
        #: The functions that the connection has.
        self._known = programs.Repertoire()
        # A connection does one thing at a time; whoever else comes waits.
        self._free = asyncio.Lock()
        #: How often a connection was lost with a statement under way: it may have been committed or not.
        self.losses = 0

    async def fetch(self, statement: str, *arguments: Any) -> list[Any]:
        """The statement's rows; committed when this returns. Tried again while the database is away, so
        the statement must be harmless when repeated. Raises Unavailable after PATIENCE seconds."""
        async with self._free:
            return await self._patiently(
                # A connection whose other end has vanished never answers, and nobody else would get on.
                lambda connection: connection.fetch(statement, *arguments, timeout=PATIENCE)
            )

    async def run(self, calls: list[programs.Call]) -> list[list[int]]:
        """The rows that the calls answer, in one transaction; for the rest as `fetch`. All calls of a store
        have the same parameters."""
        parameters = calls[0].routine.parameters
        statement = programs.statement(parameters)

        async def use(connection: asyncpg.Connection) -> list[list[int]]:
            await self._teach(connection, calls)
            arguments = self._known.arguments(calls)
            found: list[list[int]] = await connection.fetchval(statement, *arguments, timeout=PATIENCE)
            return found

        async with self._free:
            return await self._patiently(use)

    async def run_named(self, calls: list[programs.Call]) -> list[tuple[str, list[int]]]:
        """The same for routines whose rows begin with `first`: each row, without it, beside its schema."""
        starts = itertools.accumulate((len(call.columns[0]) for call in calls), initial=1)
        schemas = dict(zip(starts, (call.schema for call in calls), strict=False))
        return [(schemas[first], row) for first, *row in await self.run(calls)]

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close(timeout=2)

    async def _teach(self, connection: asyncpg.Connection, calls: list[programs.Call]) -> None:
        known, texts = self._known.lessons(calls)
        if texts:
            await connection.execute(";\n".join(texts), timeout=PATIENCE)
            self._known = known

    async def _patiently(self, use: Callable[[Any], Awaitable[T]]) -> T:
        until = time.monotonic() + PATIENCE
        while True:
            connection = None
            try:
                connection = await self._open()
                return await use(connection)
            except LOST as error:
                self.losses += connection is not None
                await self._forget()
                if time.monotonic() > until:
                    raise refusals.Unavailable from error
                logger.warning("The database is away (%s); trying again.", type(error).__name__)
                await asyncio.sleep(0.2)

    async def _open(self) -> asyncpg.Connection:
        if self._connection is not None and self._is_old():
            await self._renew()
        if self._connection is None or self._connection.is_closed():
            self._known = programs.Repertoire()
            self._opened_at = time.monotonic()
            self._connection = await asyncpg.connect(
                self._dsn, server_settings=_SETTINGS, timeout=5, statement_cache_size=MOST_FUNCTIONS
            )
        return self._connection

    def _is_old(self) -> bool:
        return len(self._known) >= MOST_FUNCTIONS or time.monotonic() - self._opened_at > LONGEST_LIFE

    async def _renew(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close(timeout=2)

    async def _forget(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.terminate()
