"""How messages are stored, and what is asked of those that were not: the words, and which message is which."""

import itertools
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from chat.hot.messages import Message, Outcome
from chat.hot.programs import Call, Routine

_PARAMETERS = (
    # Of each run: messages of one sender in one conversation, that follow one another.
    ("conversations", "bigint"),
    ("visitors", "uuid"),
    ("agents", "bigint"),
    ("authors", "text"),
    ("begins", "int"),
    ("lengths", "int"),
    # Of each message of all runs.
    ("clients", "uuid"),
    ("texts", "text"),
)
# For conversations that have one run each: `batch` sees to it. The ids are looked up, and so locked, in their
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
        UPDATE {schema}.chat_conversation c
        SET last_number = c.last_number + lengths[first - 1 + array_position(ids, c.id)]
        WHERE c.id = ANY (ids) AND CASE WHEN c.state = 'ended' THEN false ELSE
            c.visitor_id = visitors[first - 1 + array_position(ids, c.id)]
            OR c.agent_id = agents[first - 1 + array_position(ids, c.id)] END
        RETURNING first - 1 + array_position(ids, c.id) AS i, c.id, c.last_number AS number, c.state,
            clock_timestamp() AS created_at
    ), stored AS (
        INSERT INTO {schema}.chat_entry
            (conversation_id, number, kind, side, agent_id, author, client_id, text, created_at)
        SELECT id, number - lengths[i] + 1 + k, 'text', CASE WHEN agents[i] IS NULL THEN 'visitor' ELSE 'agent' END,
            agents[i], authors[i], clients[begins[i] + k], texts[begins[i] + k], created_at
        FROM (SELECT n.*, generate_series(0, lengths[n.i] - 1) AS k FROM numbered n) each
    )
    SELECT array_agg(ARRAY[n.i, n.number, floor(extract(epoch FROM n.created_at) * 1000)::bigint,
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
#: So many runs go into one call: in its lists, each is looked for from the beginning.
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
#: Messages of one sender in one conversation that follow one another, with their places.
Run = list[tuple[int, Message]]
#: Which message it is, whoever says so: two senders may use one name.
Key = tuple[str, int, uuid.UUID | None, int | None, str]


def key_of(message: Message) -> Key:
    return (message.schema, message.conversation_id, message.visitor_id, message.agent_id, message.client_id)


class Batch(NamedTuple):
    """The calls that store messages, and the run at each row of theirs."""

    calls: list[Call]
    runs: list[Run]

    def answers(self, rows: Iterable[list[int]]) -> Iterator[tuple[int, int, int, int]]:
        """Place, number, time and whether it waits, of each message that was stored."""
        for row, newest, at, waiting in rows:
            run = self.runs[row - 1]
            for number, (place, _) in enumerate(run, newest - len(run) + 1):
                yield place, number, at, waiting


def batch(companies: Iterable[tuple[str, Places]]) -> Batch:
    made = Batch([], [])
    before = 0
    for schema, messages in companies:
        for turn in _turns(messages):
            for start in range(0, len(turn), _IN_ONE_CALL):
                runs = turn[start : start + _IN_ONE_CALL]
                columns = _columns(runs, before)
                before += len(columns[-1])
                made.calls.append(Call(schema, _STORE, columns))
                made.runs.extend(runs)
    return made


def _turns(messages: Places) -> list[list[Run]]:
    """Runs in the order of their conversations' ids, of each conversation one in a turn, the next in the next."""
    turns: list[list[Run]] = []
    turn, before = 0, None
    for _, items in itertools.groupby(sorted(messages.items(), key=_conversation), key=_says_where):
        run = list(items)
        turn = turn + 1 if _conversation(run[0]) == before else 0
        before = _conversation(run[0])
        if turn == len(turns):
            turns.append([])
        turns[turn].append(run)
    return turns


def _conversation(item: tuple[int, Message]) -> int:
    return item[1].conversation_id


def _says_where(item: tuple[int, Message]) -> tuple[Any, ...]:
    """Everything of a message but its name and its words."""
    return item[1][:5]


def _columns(runs: list[Run], before: int) -> list[Sequence[Any]]:
    """As in _PARAMETERS; so many messages stand before them in the statement."""
    _, conversations, visitors, agents, authors, *_ = zip(*(run[0][1] for run in runs), strict=True)
    lengths = list(map(len, runs))
    begins = list(itertools.accumulate(lengths[:-1], initial=before + 1))
    messages = [message for run in runs for _, message in run]
    clients, texts = [message.client_id for message in messages], [message.text for message in messages]
    return [conversations, visitors, agents, authors, begins, lengths, clients, texts]


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
