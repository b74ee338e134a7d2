"""The board whole, for agents who open it. Many who ask at a time share one reading, and one encoding."""

import asyncio
import logging
from typing import NamedTuple

import msgspec

from chat.models import ChatSettings
from chat.visitor_board import keys, left, scripts
from core.realtime import pool
from core.realtime.hub import Hub
from core.tenancy import context

logger = logging.getLogger(__name__)

#: Visitors who have left that a snapshot shows, the newest.
LEFT_AT_MOST = 5_000


class Snapshot(NamedTuple):
    version: int
    #: A list of `BoardVisitor`, encoded: those who left first.
    visitors: msgspec.Raw
    left_shown_for: int


class Reader:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def read(self, schemas: list[str]) -> list[Snapshot | Exception]:
        """A snapshot for each schema, in their order; one that is asked for twice is read once."""
        wanted = list(dict.fromkeys(schemas))
        found = await asyncio.gather(*map(self._of, wanted), return_exceptions=True)
        by_schema = dict(zip(wanted, found, strict=True))
        return [by_schema[schema] for schema in schemas]  # type: ignore[misc]

    async def _of(self, schema: str) -> Snapshot:
        words = (keys.version(schema), keys.processes(schema), keys.visitors(schema))
        version, *here = await self._hub.call("EVAL", scripts.READ, 2, *words)
        with context.entered(schema):
            minutes, gone = await _left()
        visitors = gone | dict(zip(here[::2], here[1::2], strict=True))
        return Snapshot(int(version), msgspec.Raw(b"[" + b",".join(visitors.values()) + b"]"), minutes)


async def _left() -> tuple[int, dict[bytes, bytes]]:
    try:
        return await pool.run(left.lately, LEFT_AT_MOST)
    except Exception as error:
        # Who is there matters more.
        logger.warning("Those who left are missing on the board: %s", type(error).__name__)
        return ChatSettings().left_shown_minutes, {}
