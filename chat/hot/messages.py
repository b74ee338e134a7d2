"""The writer: messages of all conversations of a process, stored in batches, numbered without gaps.

One statement for each company in a batch. It locks the conversations in one order (so that two processes
never wait for each other in a circle), finds repeats by the name their sender gave them, numbers the rest
under the lock, and commits before anybody is told. A race between two processes with the same name ends in
the unique constraint; the batch is then tried row by row, and the repeat is found.
"""

import functools
import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from chat import errors
from chat.hot.store import Store
from core.errors import NotFound
from protocol import events, payloads


class Message(NamedTuple):
    """What a socket wants stored. Exactly one of visitor_id and agent_id is set."""

    schema: str
    conversation_id: int
    visitor_id: uuid.UUID | None
    agent_id: int | None
    author: str
    client_id: str
    text: str


class Stored(NamedTuple):
    """Where it stands: number, time in milliseconds, and whether it stood there before."""

    number: int
    at: int
    repeated: bool


Outcome = Stored | Exception

_STATEMENT = """
WITH incoming AS (
    SELECT * FROM unnest($1::int[], $2::bigint[], $3::uuid[], $4::bigint[], $5::text[], $6::uuid[], $7::text[])
        AS i (place, conversation_id, visitor_id, agent_id, author, client_id, text)
), locked AS (
    SELECT id, last_number, state, visitor_id, agent_id FROM {schema}.chat_conversation
    WHERE id = ANY ($8::bigint[]) ORDER BY id FOR NO KEY UPDATE
), allowed AS (
    SELECT i.*, l.last_number, l.state FROM incoming i JOIN locked l ON l.id = i.conversation_id
    WHERE l.visitor_id = i.visitor_id OR l.agent_id = i.agent_id
), known AS (
    SELECT a.place, e.number, e.created_at FROM allowed a CROSS JOIN LATERAL (
        SELECT number, created_at FROM {schema}.chat_entry
        WHERE conversation_id = a.conversation_id AND client_id = a.client_id
    ) e
), fresh AS (
    SELECT a.*, a.last_number + row_number() OVER (PARTITION BY a.conversation_id ORDER BY a.place) AS number,
        clock_timestamp() AS created_at
    FROM allowed a WHERE a.state <> 'ended' AND a.place NOT IN (SELECT place FROM known)
), counted AS (
    UPDATE {schema}.chat_conversation c SET last_number = n.newest
    FROM (SELECT conversation_id, max(number) AS newest FROM fresh GROUP BY conversation_id) n
    WHERE c.id = n.conversation_id
), stored AS (
    INSERT INTO {schema}.chat_entry
        (conversation_id, number, kind, side, agent_id, author, client_id, text, created_at)
    SELECT conversation_id, number, 'text', CASE WHEN agent_id IS NULL THEN 'visitor' ELSE 'agent' END,
        agent_id, author, client_id, text, created_at
    FROM fresh ORDER BY conversation_id, number
)
SELECT place, number, floor(extract(epoch FROM created_at) * 1000)::bigint, false FROM fresh
UNION ALL
SELECT place, number, floor(extract(epoch FROM created_at) * 1000)::bigint, true FROM known
"""
_WHY_NOT = "SELECT id, visitor_id, agent_id FROM {schema}.chat_conversation WHERE id = ANY ($1::bigint[])"


class Writer:
    def __init__(self, store: Store) -> None:
        self._store = store

    async def write(self, batch: list[Message]) -> list[Outcome]:
        """Store a batch; an outcome for each message, in its order."""
        by_schema: dict[str, list[int]] = defaultdict(list)
        for place, message in enumerate(batch):
            by_schema[message.schema].append(place)
        outcomes: list[Outcome] = [NotFound()] * len(batch)
        for schema, places in by_schema.items():
            written = await self._write_company(schema, [batch[place] for place in places])
            for place, outcome in zip(places, written, strict=True):
                outcomes[place] = outcome
        return outcomes

    async def _write_company(self, schema: str, messages: list[Message]) -> list[Outcome]:
        # The same message twice within a batch: written once, answered twice.
        first: dict[tuple[int, str], int] = {}
        for place, message in enumerate(messages):
            first.setdefault((message.conversation_id, message.client_id), place)
        places = sorted(first.values())
        rows = await self._store.fetch(_statement(_STATEMENT, schema), *_columns(messages, places))
        found: dict[int, Outcome] = {
            place: Stored(number, at, repeated) for place, number, at, repeated in rows
        }
        if len(found) < len(places):
            found |= await self._why_not(
                schema, {place: messages[place] for place in places if place not in found}
            )
        return [found[first[message.conversation_id, message.client_id]] for message in messages]

    async def _why_not(self, schema: str, refused: dict[int, Message]) -> dict[int, Outcome]:
        ids = sorted({message.conversation_id for message in refused.values()})
        rows = await self._store.fetch(_statement(_WHY_NOT, schema), ids)
        conversations = {row[0]: row for row in rows}
        return {
            place: _refusal(message, conversations.get(message.conversation_id))
            for place, message in refused.items()
        }


@functools.cache
def _statement(text: str, schema: str) -> str:
    return text.replace("{schema}", f'"{schema}"')


def _columns(messages: list[Message], places: list[int]) -> list[Sequence[object]]:
    chosen = [messages[place] for place in places]
    return [
        list(places),
        [message.conversation_id for message in chosen],
        [message.visitor_id for message in chosen],
        [message.agent_id for message in chosen],
        [message.author for message in chosen],
        [message.client_id for message in chosen],
        [message.text for message in chosen],
        sorted({message.conversation_id for message in chosen}),
    ]


def _refusal(message: Message, conversation: tuple[int, uuid.UUID, int | None] | None) -> Exception:
    if conversation is None:
        return NotFound()
    _, visitor_id, agent_id = conversation
    if message.visitor_id is not None:
        # Another visitor's conversation does not exist for this one.
        return errors.ConversationEnded() if message.visitor_id == visitor_id else NotFound()
    return errors.ConversationEnded() if message.agent_id == agent_id else errors.NotYourConversation()


def created(message: Message, stored: Stored) -> events.EntryCreated:
    """The event for a message that has just been stored."""
    entry = payloads.Entry(
        number=stored.number,
        kind="text",
        side="visitor" if message.agent_id is None else "agent",
        at=stored.at,
        author=message.author,
        agent_id=message.agent_id,
        client_id=message.client_id,
        text=message.text,
    )
    return events.EntryCreated(conversation_id=message.conversation_id, entry=entry)
