"""The newest numbers of conversations, asked for by heartbeats, read in batches."""

import functools
from collections import defaultdict
from typing import NamedTuple

from chat.hot.store import Store


class Question(NamedTuple):
    schema: str
    conversation_ids: tuple[int, ...]


_STATEMENT = "SELECT id, last_number FROM {schema}.chat_conversation WHERE id = ANY ($1::bigint[])"


class Reader:
    def __init__(self, store: Store) -> None:
        self._store = store

    async def read(self, batch: list[Question]) -> list[dict[int, int] | Exception]:
        """The newest number of each conversation asked for."""
        wanted: dict[str, set[int]] = defaultdict(set)
        for question in batch:
            wanted[question.schema].update(question.conversation_ids)
        newest: dict[tuple[str, int], int] = {}
        for schema, ids in wanted.items():
            for row in await self._store.fetch(_statement(schema), sorted(ids)):
                newest[schema, row[0]] = row[1]
        return [
            {
                key: newest[question.schema, key]
                for key in question.conversation_ids
                if (question.schema, key) in newest
            }
            for question in batch
        ]


@functools.cache
def _statement(schema: str) -> str:
    return _STATEMENT.replace("{schema}", f'"{schema}"')
