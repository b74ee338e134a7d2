"""How messages are stored, and what is asked of those that were not: the words, and which message is which."""

import collections
import uuid
from collections.abc import Iterator
from typing import Any

from chat.hot.messages import Message, Outcome
from chat.hot.programs import Call, Routine

_PARAMETERS = (
    ("places", "int"),
    ("conversations", "bigint"),
    ("visitors", "uuid"),
    ("agents", "bigint"),
    ("authors", "text"),
    ("clients", "uuid"),
    ("texts", "text"),
)
# For conversations that have one message each: `calls` sees to it. The ids are looked up, and so locked, in their
# order. CASE keeps the state out of the planner's sight, which would else go through an index of open conversations,
# in another order. No look for repeats: on tables that were empty when the plan was made, PostgreSQL would keep on
# reading a whole log for each message. A repeat ends in the unique constraint instead, and is then looked up.
_STORE = Routine(
    "store",
    _PARAMETERS,
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
STORE_ONE = """
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
REPEATS = """
SELECT i.place, e.number, floor(extract(epoch FROM e.created_at) * 1000)::bigint, c.state = 'waiting'
FROM unnest($1::int[], $2::bigint[], $3::uuid[], $4::bigint[], $5::uuid[])
    AS i (place, conversation_id, visitor_id, agent_id, client_id)
JOIN {schema}.chat_conversation c ON c.id = i.conversation_id
    AND (c.visitor_id = i.visitor_id OR c.agent_id = i.agent_id)
JOIN {schema}.chat_entry e ON e.conversation_id = i.conversation_id AND e.client_id = i.client_id
    AND e.agent_id IS NOT DISTINCT FROM i.agent_id
"""
WHY_NOT = (
    "SELECT id, visitor_id, agent_id, state FROM {schema}.chat_conversation WHERE id = ANY ($1::bigint[])"
)

#: Messages by their place in a batch.
Places = dict[int, Message]
Outcomes = dict[int, Outcome]
#: Which message it is, whoever says so: two senders may use one name.
Key = tuple[str, int, uuid.UUID | None, int | None, str]


def key_of(message: Message) -> Key:
    return (message.schema, message.conversation_id, message.visitor_id, message.agent_id, message.client_id)


def calls(schema: str, messages: Places) -> Iterator[Call]:
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
        columns = columns_of(one)
        for start in range(0, len(one), _IN_ONE_CALL):
            yield Call(schema, _STORE, [column[start : start + _IN_ONE_CALL] for column in columns])


def for_company(text: str, schema: str) -> str:
    return text.replace("{schema}", f'"{schema}"')


def columns_of(messages: Places) -> list[list[Any]]:
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
