"""The newest numbers of conversations, asked for by heartbeats, read in batches."""

import collections
from typing import NamedTuple

from chat.hot.programs import Call, Routine
from chat.hot.store import Store


class Question(NamedTuple):
    schema: str
    conversation_ids: tuple[int, ...]


_READ = Routine(
    "read",
    (("conversations", "bigint"),),
    """
SELECT array_agg(ARRAY[first, c.id, c.last_number]) INTO answer
FROM {schema}.chat_conversation c WHERE c.id = ANY (conversations[first:last]);""",
)


class Reader:
    def __init__(self, store: Store) -> None:
        self._store = store

    async def read(self, batch: list[Question]) -> list[dict[int, int] | Exception]:
        """The newest number of each conversation asked for."""
        wanted = collections.defaultdict[str, set[int]](set)
        for question in batch:
            wanted[question.schema].update(question.conversation_ids)
        calls = [Call(schema, _READ, [sorted(ids)]) for schema, ids in sorted(wanted.items()) if ids]
        newest = {(schema, row[0]): row[1] for schema, row in await self._store.run_named(calls)}
        return [
            {
                key: newest[question.schema, key]
                for key in question.conversation_ids
                if (question.schema, key) in newest
            }
            for question in batch
        ]
