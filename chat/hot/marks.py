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
    SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::int[], $5::int[], $6::int[], $7::int[])
        AS i (conversation_id, visitor_id, agent_id, vd, vr, ad, ar)
), locked AS (
    SELECT id, last_number FROM {schema}.chat_conversation
    WHERE id = ANY ($1::bigint[]) ORDER BY id FOR NO KEY UPDATE
)
UPDATE {schema}.chat_conversation c SET
    visitor_delivered = greatest(
        c.visitor_delivered, CASE WHEN c.visitor_id = i.visitor_id THEN least(greatest(i.vd, i.vr), l.last_number) END),
    visitor_read = greatest(
        c.visitor_read, CASE WHEN c.visitor_id = i.visitor_id THEN least(i.vr, l.last_number) END),
    agent_delivered = greatest(
        c.agent_delivered, CASE WHEN c.agent_id = i.agent_id THEN least(greatest(i.ad, i.ar), l.last_number) END),
    agent_read = greatest(
        c.agent_read, CASE WHEN c.agent_id = i.agent_id THEN least(i.ar, l.last_number) END)
FROM incoming i JOIN locked l ON l.id = i.conversation_id
WHERE c.id = i.conversation_id
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
    """One line for each conversation: both sides' farthest marks, and who must hold it."""
    lines: dict[int, list[object]] = {}
    for mark in marks:
        line = lines.setdefault(mark.conversation_id, [mark.conversation_id, None, None, 0, 0, 0, 0])
        first = 3 if mark.visitor_id else 5
        line[1] = line[1] or mark.visitor_id
        line[2] = line[2] or mark.agent_id
        line[first] = max(line[first], mark.delivered)  # type: ignore[call-overload]
        line[first + 1] = max(line[first + 1], mark.read)  # type: ignore[call-overload]
    return [list(column) for column in zip(*lines.values(), strict=True)]
