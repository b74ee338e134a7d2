"""Delivered and read: how far each side of a conversation is, moved forward in batches."""

import functools
import uuid
from collections import defaultdict
from typing import NamedTuple

from chat.hot.store import Store
from core.errors import NotFound
from protocol import payloads


class Mark(NamedTuple):
    """One side has everything up to `delivered` and has looked at everything up to `read`."""

    schema: str
    conversation_id: int
    visitor_id: uuid.UUID | None
    agent_id: int | None
    delivered: int
    read: int


Outcome = payloads.Marks | Exception

# Marks only ever grow, never past the log's end; what is read was delivered; only the holders' marks count
# (greatest() passes over a NULL).
_STATEMENT = """
WITH incoming AS (
    SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::int[], $5::int[])
        AS i (conversation_id, visitor_id, agent_id, delivered, read)
), locked AS (
    SELECT id, last_number, visitor_id, agent_id FROM {schema}.chat_conversation
    WHERE id = ANY ($1::bigint[]) ORDER BY id FOR NO KEY UPDATE
), reached AS (
    SELECT l.id, i.visitor_id = l.visitor_id AS by_visitor, i.agent_id = l.agent_id AS by_agent,
        least(greatest(i.delivered, i.read), l.last_number) AS delivered, least(i.read, l.last_number) AS read
    FROM incoming i JOIN locked l ON l.id = i.conversation_id
), farthest AS (
    SELECT id,
        max(delivered) FILTER (WHERE by_visitor) AS visitor_delivered,
        max(read) FILTER (WHERE by_visitor) AS visitor_read,
        max(delivered) FILTER (WHERE by_agent) AS agent_delivered,
        max(read) FILTER (WHERE by_agent) AS agent_read
    FROM reached GROUP BY id
)
UPDATE {schema}.chat_conversation c SET
    visitor_delivered = greatest(c.visitor_delivered, f.visitor_delivered),
    visitor_read = greatest(c.visitor_read, f.visitor_read),
    agent_delivered = greatest(c.agent_delivered, f.agent_delivered),
    agent_read = greatest(c.agent_read, f.agent_read)
FROM farthest f WHERE c.id = f.id
RETURNING c.id, c.visitor_delivered, c.visitor_read, c.agent_delivered, c.agent_read
"""


class Marker:
    def __init__(self, store: Store) -> None:
        self._store = store

    async def move(self, batch: list[Mark]) -> list[Outcome]:
        """Move a batch of marks; the conversation's marks after it, for each."""
        moved: dict[tuple[str, int], payloads.Marks] = {}
        for schema, marks in _by_schema(batch).items():
            for row in await self._store.fetch(_statement(schema), *_columns(marks)):
                moved[schema, row[0]] = payloads.Marks(
                    visitor_delivered=row[1], visitor_read=row[2], agent_delivered=row[3], agent_read=row[4]
                )
        return [moved.get((mark.schema, mark.conversation_id), NotFound()) for mark in batch]


def _by_schema(batch: list[Mark]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = defaultdict(list)
    for mark in batch:
        found[mark.schema].append(mark)
    return found


@functools.cache
def _statement(schema: str) -> str:
    return _STATEMENT.replace("{schema}", f'"{schema}"')


def _columns(marks: list[Mark]) -> list[list[object]]:
    """conversation_id, visitor_id, agent_id, delivered, read"""
    return [list(column) for column in zip(*(mark[1:] for mark in marks), strict=True)]
