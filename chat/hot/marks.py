"""Delivered and read: how far each side of a conversation is, moved forward in batches."""

import collections
import uuid
from typing import NamedTuple

from chat.hot.programs import Call, Routine
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
# (greatest() passes over a NULL). To whoever only looks on there is nothing to mark: else both sides would hear that
# somebody does.
_MOVE = Routine(
    "move",
    (
        ("conversations", "bigint"),
        ("visitors", "uuid"),
        ("agents", "bigint"),
        ("arrived", "int"),
        ("seen", "int"),
    ),
    """
WITH incoming AS (
    SELECT * FROM unnest(conversations[first:last], visitors[first:last], agents[first:last], arrived[first:last],
        seen[first:last]) AS i (conversation_id, visitor_id, agent_id, delivered, read)
), locked AS (
    SELECT id, last_number, visitor_id, agent_id FROM {schema}.chat_conversation
    WHERE id = ANY (conversations[first:last]) ORDER BY id FOR NO KEY UPDATE
), reached AS (
    SELECT l.id, i.visitor_id = l.visitor_id AS by_visitor, i.agent_id = l.agent_id AS by_agent,
        least(greatest(i.delivered, i.read), l.last_number) AS delivered, least(i.read, l.last_number) AS read
    FROM incoming i JOIN locked l ON l.id = i.conversation_id
        AND (i.visitor_id = l.visitor_id OR i.agent_id = l.agent_id)
), farthest AS (
    SELECT id,
        max(delivered) FILTER (WHERE by_visitor) AS visitor_delivered,
        max(read) FILTER (WHERE by_visitor) AS visitor_read,
        max(delivered) FILTER (WHERE by_agent) AS agent_delivered,
        max(read) FILTER (WHERE by_agent) AS agent_read
    FROM reached GROUP BY id
), moved AS (
    UPDATE {schema}.chat_conversation c SET
        visitor_delivered = greatest(c.visitor_delivered, f.visitor_delivered),
        visitor_read = greatest(c.visitor_read, f.visitor_read),
        agent_delivered = greatest(c.agent_delivered, f.agent_delivered),
        agent_read = greatest(c.agent_read, f.agent_read)
    FROM farthest f WHERE c.id = f.id
    RETURNING c.id, c.visitor_delivered, c.visitor_read, c.agent_delivered, c.agent_read
)
SELECT array_agg(ARRAY[first, m.id, m.visitor_delivered, m.visitor_read, m.agent_delivered, m.agent_read])
    INTO answer FROM moved m;""",
)


class Marker:
    def __init__(self, store: Store) -> None:
        self._store = store

    async def move(self, batch: list[Mark]) -> list[Outcome]:
        """Move a batch of marks; the conversation's marks after it, for each."""
        by_schema = collections.defaultdict[str, list[Mark]](list)
        for mark in batch:
            by_schema[mark.schema].append(mark)
        companies = sorted(by_schema.items())
        calls = [Call(schema, _MOVE, _columns(marks)) for schema, marks in companies]
        moved: dict[tuple[str, int], payloads.Marks] = {}
        for schema, row in await self._store.run_named(calls):
            moved[schema, row[0]] = payloads.Marks(
                visitor_delivered=row[1], visitor_read=row[2], agent_delivered=row[3], agent_read=row[4]
            )
        return [moved.get((mark.schema, mark.conversation_id), NotFound()) for mark in batch]


def _columns(marks: list[Mark]) -> list[list[object]]:
    """conversation_id, visitor_id, agent_id, delivered, read"""
    return [list(column) for column in zip(*(mark[1:] for mark in marks), strict=True)]
