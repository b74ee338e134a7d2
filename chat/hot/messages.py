"""The writer: messages of all conversations of a process, stored in batches, numbered without gaps.

One statement for each company in a batch. It locks the conversations in one order (so that two processes
never wait for each other in a circle), numbers the messages under the lock, and commits before anybody is told.
A repeat, by the name its sender gave it, ends in the unique constraint and gets the first answer again.
"""

import functools
import logging
import uuid
from collections import defaultdict
from typing import Any, NamedTuple

import asyncpg

from chat import errors
from chat.hot.store import Store
from core.errors import DomainError, NotFound
from protocol import events, payloads

logger = logging.getLogger(__name__)


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
    """Where it stands: number, time in milliseconds."""

    number: int
    at: int
    #: It stood there before; nobody need be told.
    repeated: bool = False
    #: Nobody has accepted the conversation yet.
    waiting: bool = False


Outcome = Stored | Exception

# Without a look for repeats: on tables that were empty when the plan was made, PostgreSQL would keep on reading
# a whole log for each message. A repeat ends in the unique constraint instead, and is then looked up.
_STORE = """
WITH incoming AS (
    SELECT * FROM unnest($1::int[], $2::bigint[], $3::uuid[], $4::bigint[], $5::text[], $6::uuid[], $7::text[])
        AS i (place, conversation_id, visitor_id, agent_id, author, client_id, text)
), locked AS (
    SELECT id, last_number, state, visitor_id, agent_id FROM {schema}.chat_conversation
    WHERE id = ANY ($8::bigint[]) ORDER BY id FOR NO KEY UPDATE
), fresh AS (
    SELECT i.*, l.last_number + row_number() OVER (PARTITION BY i.conversation_id ORDER BY i.place) AS number,
        clock_timestamp() AS created_at, l.state
    FROM incoming i JOIN locked l ON l.id = i.conversation_id
    WHERE l.state <> 'ended' AND (l.visitor_id = i.visitor_id OR l.agent_id = i.agent_id)
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
SELECT place, number, floor(extract(epoch FROM created_at) * 1000)::bigint, state = 'waiting' FROM fresh
"""
_REPEATS = """
SELECT i.place, e.number, floor(extract(epoch FROM e.created_at) * 1000)::bigint
FROM unnest($1::int[], $2::bigint[], $3::uuid[], $4::bigint[], $5::uuid[])
    AS i (place, conversation_id, visitor_id, agent_id, client_id)
JOIN {schema}.chat_conversation c ON c.id = i.conversation_id
    AND (c.visitor_id = i.visitor_id OR c.agent_id = i.agent_id)
JOIN {schema}.chat_entry e ON e.conversation_id = i.conversation_id AND e.client_id = i.client_id
"""
_WHY_NOT = "SELECT id, visitor_id, agent_id FROM {schema}.chat_conversation WHERE id = ANY ($1::bigint[])"

#: Messages by their place in a batch.
Places = dict[int, Message]


class Writer:
    def __init__(self, store: Store) -> None:
        self._store = store

    async def write(self, batch: list[Message]) -> list[Outcome]:
        """Store a batch; an outcome for each message, in its order."""
        by_schema: dict[str, Places] = defaultdict(dict)
        first: dict[tuple[str, int, str], int] = {}
        for place, message in enumerate(batch):
            # The same message twice within a batch is written once and answered twice.
            key = (message.schema, message.conversation_id, message.client_id)
            if first.setdefault(key, place) == place:
                by_schema[message.schema][place] = message
        outcomes: dict[int, Outcome] = {}
        for schema, messages in by_schema.items():
            outcomes |= await self._for_itself(schema, messages)
        return [outcomes[first[m.schema, m.conversation_id, m.client_id]] for m in batch]

    async def _for_itself(self, schema: str, messages: Places) -> dict[int, Outcome]:
        """One company's trouble is not another's, whose messages may be stored already."""
        try:
            return await self._write_company(schema, messages)
        except DomainError as error:
            return dict.fromkeys(messages, error)
        except Exception as error:
            if len(messages) == 1:
                return dict.fromkeys(messages, error)
            logger.warning("Of %d messages one is bad (%s).", len(messages), type(error).__name__)
        outcomes: dict[int, Outcome] = {}
        for place, message in messages.items():
            outcomes |= await self._for_itself(schema, {place: message})
        return outcomes

    async def _write_company(self, schema: str, messages: Places) -> dict[int, Outcome]:
        outcomes: dict[int, Outcome] = {}
        try:
            outcomes |= await self._stored(schema, messages)
        except asyncpg.UniqueViolationError:
            outcomes |= await self._repeats(schema, messages)
            outcomes |= await self._stored(schema, _without(messages, outcomes))
        if len(outcomes) < len(messages):
            outcomes |= await self._repeats(schema, _without(messages, outcomes))
            outcomes |= await self._refusals(schema, _without(messages, outcomes))
        return outcomes

    async def _stored(self, schema: str, messages: Places) -> dict[int, Outcome]:
        columns = _columns(messages)
        ids = sorted(set(columns[1]))
        rows = await self._store.fetch(_statement(_STORE, schema), *columns, ids)
        return {place: Stored(number, at, False, waiting) for place, number, at, waiting in rows}

    async def _repeats(self, schema: str, messages: Places) -> dict[int, Outcome]:
        place, conversation, visitor, agent, _, client, _ = _columns(messages)
        rows = await self._store.fetch(
            _statement(_REPEATS, schema), place, conversation, visitor, agent, client
        )
        return {place: Stored(number, at, repeated=True) for place, number, at in rows}

    async def _refusals(self, schema: str, messages: Places) -> dict[int, Outcome]:
        ids = sorted({message.conversation_id for message in messages.values()})
        rows = await self._store.fetch(_statement(_WHY_NOT, schema), ids)
        conversations = {row[0]: row for row in rows}
        return {
            place: _refusal(message, conversations.get(message.conversation_id))
            for place, message in messages.items()
        }


def _without(messages: Places, outcomes: dict[int, Outcome]) -> Places:
    return {place: message for place, message in messages.items() if place not in outcomes}


@functools.cache
def _statement(text: str, schema: str) -> str:
    return text.replace("{schema}", f'"{schema}"')


def _columns(messages: Places) -> list[list[Any]]:
    """place, conversation_id, visitor_id, agent_id, author, client_id, text"""
    rows = messages.values()
    return [
        list(messages),
        [message.conversation_id for message in rows],
        [message.visitor_id for message in rows],
        [message.agent_id for message in rows],
        [message.author for message in rows],
        [message.client_id for message in rows],
        [message.text for message in rows],
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
