"""The writer: messages of all conversations of a process, stored in batches, numbered without gaps.

One statement and one commit for a batch, however many companies it spans (`programs`). It locks the conversations
in one order, company by company and by id (so that two processes never wait for each other in a circle), numbers the
messages under the lock, and commits before anybody is told.
A repeat, by the name its sender gave it, ends in the unique constraint and gets the first answer again.
"""

import collections
import itertools
import logging
import uuid
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any, NamedTuple

import asyncpg

from chat import errors
from chat.hot.programs import Call, Routine
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

_PARAMETERS = (
    ("places", "int"),
    ("conversations", "bigint"),
    ("visitors", "uuid"),
    ("agents", "bigint"),
    ("authors", "text"),
    ("clients", "uuid"),
    ("texts", "text"),
)
# For conversations that have one message each: `_calls` sees to it. The ids are looked up, and so locked, in their
# order. CASE keeps the state out of the planner's sight, which would else go through an index of open conversations,
# in another order. No look for repeats: on tables that were empty when the plan was made, PostgreSQL would keep on
# reading a whole log for each message. A repeat ends in the unique constraint instead, and is then looked up.
_STORE = Routine(
    "store",
    (
        ("places", "int"),
        ("conversations", "bigint"),
        ("visitors", "uuid"),
        ("agents", "bigint"),
        ("authors", "text"),
        ("clients", "uuid"),
        ("texts", "text"),
    ),
    """
DECLARE ids bigint[] := conversations[first:last];
BEGIN
    WITH numbered AS (
        UPDATE {schema}.chat_conversation c SET last_number = c.last_number + 1
        WHERE c.id = ANY (ids) AND CASE WHEN c.state = 'ended' THEN false ELSE
            c.visitor_id = visitors[first - 1 + array_position(ids, c.id)]
            OR c.agent_id = agents[first - 1 + array_position(ids, c.id)] END
        RETURNING first - 1 + array_position(ids, c.id) AS i, c.id, c.last_number AS number, c.state,
            clock_timestamp() AS created_at
    ), stored AS (
        INSERT INTO {schema}.chat_entry
            (conversation_id, number, kind, side, agent_id, author, client_id, text, created_at)
        SELECT id, number, 'text', CASE WHEN agents[i] IS NULL THEN 'visitor' ELSE 'agent' END,
            agents[i], authors[i], clients[i], texts[i], created_at
        FROM numbered
    )
    SELECT array_agg(ARRAY[places[n.i], n.number, floor(extract(epoch FROM n.created_at) * 1000)::bigint,
        (n.state = 'waiting')::int]) INTO answer FROM numbered n;
END;""",
)
# The same for a message that comes alone, as nearly all do on a quiet system: without lists a tenth cheaper.
_STORE_ONE = """
WITH numbered AS (
    UPDATE {schema}.chat_conversation SET last_number = last_number + 1
    WHERE id = $1::bigint AND state <> 'ended' AND (visitor_id = $2::uuid OR agent_id = $3::bigint)
    RETURNING last_number AS number, state
)
INSERT INTO {schema}.chat_entry (conversation_id, number, kind, side, agent_id, author, client_id, text, created_at)
SELECT $1, number, 'text', CASE WHEN $3 IS NULL THEN 'visitor' ELSE 'agent' END, $3, $4, $5, $6, clock_timestamp()
FROM numbered
RETURNING number, floor(extract(epoch FROM created_at) * 1000)::bigint, (SELECT state = 'waiting' FROM numbered)
"""
#: So many messages go into one call: in its lists, each is looked for from the beginning.
_IN_ONE_CALL = 64
_REPEATS = """
SELECT i.place, e.number, floor(extract(epoch FROM e.created_at) * 1000)::bigint, c.state = 'waiting'
FROM unnest($1::int[], $2::bigint[], $3::uuid[], $4::bigint[], $5::uuid[])
    AS i (place, conversation_id, visitor_id, agent_id, client_id)
JOIN {schema}.chat_conversation c ON c.id = i.conversation_id
    AND (c.visitor_id = i.visitor_id OR c.agent_id = i.agent_id)
JOIN {schema}.chat_entry e ON e.conversation_id = i.conversation_id AND e.client_id = i.client_id
    AND e.agent_id IS NOT DISTINCT FROM i.agent_id
"""
_WHY_NOT = (
    "SELECT id, visitor_id, agent_id, state FROM {schema}.chat_conversation WHERE id = ANY ($1::bigint[])"
)

#: Messages by their place in a batch.
Places = dict[int, Message]
Outcomes = dict[int, Outcome]
#: Which message it is, whoever says so: two senders may use one name.
Key = tuple[str, int, uuid.UUID | None, int | None, str]
#: How many messages of unknown fate are remembered.
_DOUBTS = 10_000


class Writer:
    def __init__(self, store: Store) -> None:
        self._store = store
        #: Messages that may have been stored while the answer was lost: found again, they are news all the same.
        self._doubtful: dict[Key, None] = {}

    async def write(self, batch: list[Message]) -> list[Outcome]:
        """Store a batch; an outcome for each message, in its order."""
        by_schema: dict[str, Places] = collections.defaultdict(dict)
        first: dict[Key, int] = {}
        for place, message in enumerate(batch):
            # The same message twice within a batch is written once and answered twice.
            if first.setdefault(_key(message), place) == place:
                by_schema[message.schema][place] = message
        outcomes = await self._for_all(sorted(by_schema.items()))
        firsts = [first[_key(message)] for message in batch]
        return [_news_once(outcomes[its], place == its) for place, its in enumerate(firsts)]

    async def _for_all(self, companies: list[tuple[str, Places]]) -> Outcomes:
        """All in one statement. Where that fails, each half for itself: one company's trouble is not another's."""
        if len(companies) == 1:
            return await self._for_itself(*companies[0])
        try:
            outcomes = await self._stored(companies)
        except DomainError as error:
            return {place: error for _, messages in companies for place in messages}
        except Exception as error:
            logger.info("Of %d companies one is in trouble (%s).", len(companies), type(error).__name__)
            middle = len(companies) // 2
            return await self._for_all(companies[:middle]) | await self._for_all(companies[middle:])
        for schema, messages in companies:
            left = _without(messages, outcomes)
            if left:
                outcomes |= await self._guarded(self._answered, schema, left)
        return outcomes

    async def _for_itself(self, schema: str, messages: Places) -> Outcomes:
        """One company's messages; where they fail together, each alone."""
        outcomes = await self._guarded(self._write_company, schema, messages)
        failure = next(iter(outcomes.values()))
        if len(messages) == 1 or isinstance(failure, Stored | DomainError):
            return outcomes
        logger.warning("Of %d messages one is bad (%s).", len(messages), type(failure).__name__)
        for place, message in messages.items():
            outcomes |= await self._guarded(self._write_company, schema, {place: message})
        return outcomes

    async def _guarded(
        self, deed: Callable[[str, Places], Awaitable[Outcomes]], schema: str, messages: Places
    ) -> Outcomes:
        try:
            return await deed(schema, messages)
        except Exception as error:
            return dict.fromkeys(messages, error)

    async def _write_company(self, schema: str, messages: Places) -> Outcomes:
        outcomes: Outcomes = {}
        try:
            outcomes |= await self._stored([(schema, messages)])
        except asyncpg.UniqueViolationError:
            outcomes |= await self._repeats(schema, messages)
            if not outcomes and len(messages) > 1:
                # Two senders gave the same name: each alone will show who was first.
                raise
            if outcomes and (fresh := _without(messages, outcomes)):
                outcomes |= await self._stored([(schema, fresh)])
        if left := _without(messages, outcomes):
            outcomes |= await self._answered(schema, left)
        return outcomes

    async def _answered(self, schema: str, messages: Places) -> Outcomes:
        """What was not stored: repeats, and those that may not be."""
        outcomes = await self._repeats(schema, messages)
        if left := _without(messages, outcomes):
            outcomes |= await self._refusals(schema, left)
        return outcomes

    async def _stored(self, companies: list[tuple[str, Places]]) -> Outcomes:
        losses = self._store.losses
        messages = {place: message for _, places in companies for place, message in places.items()}
        try:
            rows = await self._rows(companies, messages)
        except Exception:
            if self._store.losses != losses:
                self._doubt(messages.values())
            raise
        for place, *_ in rows if self._doubtful else ():
            self._doubtful.pop(_key(messages[place]), None)
        return {place: Stored(number, at, False, bool(waiting)) for place, number, at, waiting in rows}

    async def _rows(self, companies: list[tuple[str, Places]], messages: Places) -> list[Any]:
        """Place, number, time and whether it waits, of each that was stored."""
        if len(messages) > 1:
            return await self._store.run([call for company in companies for call in _calls(*company)])
        ((place, message),) = messages.items()
        rows = await self._store.fetch(_statement(_STORE_ONE, message.schema), *message[1:])
        return [(place, *row) for row in rows]

    async def _repeats(self, schema: str, messages: Places) -> Outcomes:
        place, conversation, visitor, agent, _, client, _ = _columns(messages)
        rows = await self._store.fetch(
            _statement(_REPEATS, schema), place, conversation, visitor, agent, client
        )
        return {
            place: Stored(number, at, not self._is_news(messages[place]), waiting)
            for place, number, at, waiting in rows
        }

    async def _refusals(self, schema: str, messages: Places) -> Outcomes:
        ids = sorted({message.conversation_id for message in messages.values()})
        rows = await self._store.fetch(_statement(_WHY_NOT, schema), ids)
        conversations = {row[0]: row for row in rows}
        return {
            place: _refusal(message, conversations.get(message.conversation_id))
            for place, message in messages.items()
        }

    def _doubt(self, messages: Iterable[Message]) -> None:
        self._doubtful |= dict.fromkeys(map(_key, messages))
        for key in list(itertools.islice(self._doubtful, max(0, len(self._doubtful) - _DOUBTS))):
            del self._doubtful[key]

    def _is_news(self, message: Message) -> bool:
        """Whether a message found stored already has not been told of, as far as this process knows."""
        key = _key(message)
        is_news = key in self._doubtful
        self._doubtful.pop(key, None)
        return is_news


def _key(message: Message) -> Key:
    return (message.schema, message.conversation_id, message.visitor_id, message.agent_id, message.client_id)


def _calls(schema: str, messages: Places) -> Iterator[Call]:
    """Conversations in the order of their ids, each once in a call; its later messages in later calls."""
    rounds: list[Places] = []
    seen: collections.Counter[int] = collections.Counter()
    for place, message in sorted(messages.items(), key=lambda item: (item[1].conversation_id, item[0])):
        turn = seen[message.conversation_id]
        seen[message.conversation_id] += 1
        if turn == len(rounds):
            rounds.append({})
        rounds[turn][place] = message
    for one in rounds:
        columns = _columns(one)
        for start in range(0, len(one), _IN_ONE_CALL):
            yield Call(schema, _STORE, [column[start : start + _IN_ONE_CALL] for column in columns])


def _news_once(outcome: Outcome, is_first: bool) -> Outcome:
    """Of the same message twice in a batch one is news, the other a repeat."""
    return outcome if is_first or isinstance(outcome, Exception) else outcome._replace(repeated=True)


def _without(messages: Places, outcomes: dict[int, Outcome]) -> Places:
    return {place: message for place, message in messages.items() if place not in outcomes}


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


def _refusal(message: Message, conversation: tuple[int, uuid.UUID, int | None, str] | None) -> Exception:
    if conversation is None:
        return NotFound()
    _, visitor_id, agent_id, state = conversation
    if message.visitor_id is not None and message.visitor_id != visitor_id:
        # Another visitor's conversation does not exist for this one.
        return NotFound()
    if message.visitor_id is None and message.agent_id != agent_id:
        return errors.NotYourConversation()
    # Where it has not ended, the name is that of the other side's message.
    return errors.ConversationEnded() if state == "ended" else NotFound()


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
