"""What storing a message costs when a batch spans one company, and when it spans many."""

import asyncio
import uuid
from typing import Any

from bench.many import inside

COMPANIES = 64
#: Messages in a batch, each in a conversation of its own: the most that the writer takes at once, and few.
FULL, SMALL = 1024, 64
TEXT = "x" * 80

Talks = list[tuple[str, int, uuid.UUID]]
_companies: list[Talks] = []


def prepare() -> int:
    """Companies with conversations enough to fill a batch from one of them."""
    from django.db import connection

    from chat.models import Conversation
    from companies.models import Company
    from widgets.models import Visitor

    inside.make_companies(COMPANIES)
    for company in Company.objects.order_by("pk"):
        with company.entered():
            visitors = Visitor.objects.bulk_create(Visitor() for _ in range(FULL))
            made = Conversation.objects.bulk_create(Conversation(visitor=visitor) for visitor in visitors)
            _companies.append([(company.schema_name, talk.pk, talk.visitor_id) for talk in made])
    connection.close()
    return len(_companies)


def costs(rounds: int, batches: int) -> dict[str, list[float]]:
    """Microseconds of processor time for a message, of each round, by messages and companies in a batch."""
    return asyncio.run(_costs(rounds, batches))


async def _costs(rounds: int, batches: int) -> dict[str, list[float]]:
    from django.conf import settings

    from chat.hot.store import Store
    from chat.hot.writer import Writer
    from core.realtime.batching import Batcher

    store = Store(settings.DATABASE_URL)
    batcher = Batcher(Writer(store).write, limit=FULL, most=FULL)
    batcher.start()
    cases = {f"{size}/{span}": _spread(size, span) for size in (FULL, SMALL) for span in (1, COMPANIES)}
    for talks in cases.values():
        await _cost(batcher, talks, 3)
    found: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, talks in cases.items():
            found[name].append(await _cost(batcher, talks, batches))
    await batcher.stop()
    await store.close()
    return found


def _spread(size: int, span: int) -> Talks:
    return [_companies[place % span][place // span] for place in range(size)]


async def _cost(batcher: Any, talks: Talks, count: int) -> float:
    batches = [_batch(talks) for _ in range(count)]
    before = inside.used()
    for batch in batches:
        await _write(batcher, batch)
    return (inside.used() - before) / (count * len(talks)) * 1e6


def _batch(talks: Talks) -> list[Any]:
    from chat.hot.messages import Message

    return [
        Message(schema, talk, visitor, None, "", str(uuid.uuid4()), TEXT) for schema, talk, visitor in talks
    ]


async def _write(batcher: Any, batch: list[Any]) -> None:
    """As sockets do it: all handed to the writer, each answered."""
    done = asyncio.Event()
    answers: list[Any] = []

    def answer(outcome: Any) -> None:
        answers.append(outcome)
        if len(answers) == len(batch):
            done.set()

    for message in batch:
        batcher.put(message, answer)
    await done.wait()
    if failed := [one for one in answers if isinstance(one, Exception)]:
        raise failed[0]


if __name__ == "__main__":
    inside.answer({"prepare": prepare, "costs": costs})
