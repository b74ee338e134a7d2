"""What this process saw happen to messages, counted apart from the log and written down every few seconds.

The log says what is stored; a tally says what was promised. Only because they come from two sources does their
balance prove anything. A process that is killed loses what it counted in the last seconds: a tally may say too
little, never too much.
"""

import asyncio
import functools
import logging
import uuid
from collections import defaultdict

from chat.hot.store import Store
from core.errors import DomainError
from core.realtime import background

logger = logging.getLogger(__name__)

#: Seconds for which counts are gathered: what a kill can cost.
GATHERED_FOR = 2.0
#: Seconds until counts that could not be written are tried again.
AGAIN_AFTER = 5.0

# A batch whose outcome is unknown is written again: its number keeps it from counting twice.
_STATEMENT = """
INSERT INTO {schema}.chat_tally AS t
    (conversation_id, process, batch, sent, acknowledged, repeated, out_of_order, highest, held)
SELECT c.id, $1::uuid, $2::int, i.sent, i.acknowledged, i.repeated, i.out_of_order, i.highest, i.held
FROM unnest($3::bigint[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[], $9::int[])
    AS i (conversation_id, sent, acknowledged, repeated, out_of_order, highest, held)
JOIN {schema}.chat_conversation c ON c.id = i.conversation_id
ORDER BY c.id
ON CONFLICT (conversation_id, process) DO UPDATE SET
    batch = excluded.batch,
    sent = t.sent + excluded.sent,
    acknowledged = t.acknowledged + excluded.acknowledged,
    repeated = t.repeated + excluded.repeated,
    out_of_order = t.out_of_order + excluded.out_of_order,
    highest = greatest(t.highest, excluded.highest),
    held = greatest(t.held, excluded.held)
WHERE t.batch < excluded.batch
"""


class Counts:
    """Of one conversation, since the last batch."""

    __slots__ = ("acknowledged", "held", "highest", "out_of_order", "repeated", "sent")

    def __init__(self) -> None:
        self.sent = self.acknowledged = self.repeated = self.out_of_order = self.highest = self.held = 0


Gathered = dict[str, dict[int, Counts]]


class Tallies:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._process = uuid.uuid4()
        self._batch = 0
        self._gathered: Gathered = defaultdict(lambda: defaultdict(Counts))
        self._unwritten: list[tuple[int, str, dict[int, Counts]]] = []
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        await background.end(self._task)
        await self._write()

    def acknowledged(self, schema: str, conversation_id: int, number: int, *, in_order: bool) -> None:
        """A sender is told that the message it named is stored."""
        counts = self._of(schema, conversation_id)
        counts.sent += 1
        counts.acknowledged += 1
        if not in_order:
            counts.out_of_order += 1
        if number > counts.highest:
            counts.highest = number

    def refused(self, schema: str, conversation_id: int) -> None:
        """A sender is told why its message will not be stored."""
        self._of(schema, conversation_id).sent += 1

    def repeated(self, schema: str, conversation_id: int) -> None:
        self._of(schema, conversation_id).repeated += 1

    def held(self, schema: str, conversation_id: int, number: int) -> None:
        """A browser says that it holds more than the log has."""
        counts = self._of(schema, conversation_id)
        counts.held = max(counts.held, number)

    def _of(self, schema: str, conversation_id: int) -> Counts:
        self._wake.set()
        return self._gathered[schema][conversation_id]

    async def _run(self) -> None:
        """Asleep while nothing is counted."""
        while True:
            await self._wake.wait()
            await asyncio.sleep(GATHERED_FOR)
            self._wake.clear()
            if not await self._write():
                self._wake.set()
                await asyncio.sleep(AGAIN_AFTER)

    async def _write(self) -> bool:
        """Whether everything counted so far is written down."""
        gathered, self._gathered = self._gathered, defaultdict(lambda: defaultdict(Counts))
        self._batch += 1
        self._unwritten += [(self._batch, schema, counts) for schema, counts in gathered.items()]
        try:
            while self._unwritten:
                await self._write_company(*self._unwritten[0])
                del self._unwritten[0]
        except DomainError:
            # The database is away.
            return False
        return True

    async def _write_company(self, batch: int, schema: str, counts: dict[int, Counts]) -> None:
        rows = [
            (key, of.sent, of.acknowledged, of.repeated, of.out_of_order, of.highest, of.held)
            for key, of in counts.items()
        ]
        try:
            await self._store.fetch(_statement(schema), self._process, batch, *map(list, zip(*rows)))
        except DomainError:
            raise
        except Exception as error:
            # Such as a full disk, or a company that is gone: a tally may say too little.
            logger.warning("Tallies could not be written: %s", type(error).__name__)


@functools.lru_cache(maxsize=1000)
def _statement(schema: str) -> str:
    return _STATEMENT.replace("{schema}", f'"{schema}"')
