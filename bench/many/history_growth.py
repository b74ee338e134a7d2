"""How long storing a message and reading the last fifty takes, in a short history and in a long one."""

import asyncio
import collections
import random
import statistics
import time
import uuid
from typing import Any

from bench.many import inside

#: Messages of each conversation, and conversations that go on at the same time.
EACH, ABREAST = 100, 20
LAST = 50

Figures = collections.defaultdict[int, list[float]]
_companies: dict[int, Any] = {}
_chance = random.Random(1)


def fill(messages: int) -> int:
    """A company with so many messages, made by PostgreSQL itself; how many bytes they take."""
    from django.db import connection

    from companies.services import companies

    made = companies.create(name=str(messages), email="a@example.com", language="en", time_zone="UTC")
    _companies[messages] = made
    with made.entered(), connection.cursor() as cursor:
        _make_conversations(messages // EACH)
        keys = _keys(cursor)
        cursor.execute("SET maintenance_work_mem = '256MB'")
        # Keys that are built at once take a fraction of the time of keys that grow.
        for name, _ in reversed(keys):
            cursor.execute(f"ALTER TABLE chat_entry DROP CONSTRAINT {name}")
        cursor.execute(_ENTRIES, {"groups": messages // EACH // ABREAST, "each": EACH, "abreast": ABREAST})
        for name, text in keys:
            cursor.execute(f"ALTER TABLE chat_entry ADD CONSTRAINT {name} {text}")
        cursor.execute("VACUUM (ANALYZE) chat_entry, chat_conversation")
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_total_relation_size('chat_entry')")
        return int(cursor.fetchone()[0])


_ENTRIES = """
INSERT INTO chat_entry (conversation_id, number, kind, side, author, client_id, text, created_at)
SELECT g * %(abreast)s + c, n, 'text', 'visitor', '', gen_random_uuid(), 'Message ' || n || repeat('.', 30), now()
FROM generate_series(0, %(groups)s - 1) g, generate_series(1, %(each)s) n, generate_series(1, %(abreast)s) c
"""


def _make_conversations(count: int) -> None:
    from chat.models import Conversation
    from widgets.models import Visitor

    for _ in range(0, count, 5000):
        visitors = Visitor.objects.bulk_create(Visitor() for _ in range(min(count, 5000)))
        Conversation.objects.bulk_create(
            Conversation(visitor=visitor, last_number=EACH) for visitor in visitors
        )


def _keys(cursor: Any) -> list[tuple[str, str]]:
    """The keys of the entries and what each is, primary key first."""
    cursor.execute(
        "SELECT quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = 'chat_entry'::regclass AND contype IN ('p', 'u', 'f')"
        " ORDER BY position(contype::text IN 'puf')"
    )
    return list(cursor.fetchall())


def medians(times: int) -> dict[str, dict[int, float]]:
    """Milliseconds in the middle of so many, in turn in each history: to store, and to read."""
    talks = [(messages, talk) for _ in range(times) for messages, talk in _chosen()]
    figures = {"store": asyncio.run(_stored(talks)), "read": _read(talks)}
    return {
        deed: {messages: statistics.median(found[messages]) * 1000 for messages in _companies}
        for deed, found in figures.items()
    }


def _chosen() -> list[tuple[int, Any]]:
    """A conversation of each company, by chance."""
    from chat.models import Conversation

    found = []
    for messages, company in _companies.items():
        with company.entered():
            found.append((messages, Conversation.objects.get(pk=_chance.randint(1, messages // EACH))))
    return found


async def _stored(talks: list[tuple[int, Any]]) -> Figures:
    from django.conf import settings

    from chat.hot.messages import Message
    from chat.hot.store import Store
    from chat.hot.writer import Writer

    store = Store(settings.DATABASE_URL)
    writer, found = Writer(store), Figures(list)
    for messages, talk in talks:
        schema = _companies[messages].schema_name
        message = Message(schema, talk.pk, talk.visitor_id, None, "", str(uuid.uuid4()), "Message")
        began = time.perf_counter()
        (outcome,) = await writer.write([message])
        found[messages].append(time.perf_counter() - began)
        if isinstance(outcome, Exception):
            raise outcome
    await store.close()
    return found


def _read(talks: list[tuple[int, Any]]) -> Figures:
    """As a socket does for who looks at a conversation again."""
    from chat import log

    found = Figures(list)
    for messages, talk in talks:
        with _companies[messages].entered():
            began = time.perf_counter()
            entries = log.after(talk, EACH - LAST)
            found[messages].append(time.perf_counter() - began)
        if len(entries) < LAST:
            raise RuntimeError(f"Only {len(entries)} entries were read.")
    return found


if __name__ == "__main__":
    inside.answer({"fill": fill, "medians": medians})
