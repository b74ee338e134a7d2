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
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import asyncpg

from chat import errors
from chat.hot import message_statements as statements
from chat.hot.message_statements import Key, Outcomes, Places
from chat.hot.messages import Message, Outcome, Stored
from chat.hot.store import Store
from core.errors import DomainError, NotFound

logger = logging.getLogger(__name__)

#: Messages in a batch. To work in a company costs what four messages cost, however many it has there: where many
#: companies talk, large batches are cheap ones.
MOST = 1024
#: How many messages of unknown fate are remembered.
_DOUBTS = 10_000


class Writer:
    def __init__(self, store: Store) -> None:
        self._store = store
        #: Messages that may have been stored while the answer was lost: found again, they are news all the same.
        self._doubtful: dict[Key, None] = {}

    async def write(self, batch: list[Message]) -> list[Outcome]:
        """Store a batch; an outcome for each message, in its order."""
        if len({message.client_id for message in batch}) == len(batch):
            outcomes = await self._write(dict(enumerate(batch)))
            return [outcomes[place] for place in range(len(batch))]
        # The same message twice within a batch is written once and answered twice.
        first: dict[Key, int] = {}
        firsts = [first.setdefault(statements.key_of(message), place) for place, message in enumerate(batch)]
        outcomes = await self._write({place: batch[place] for place in first.values()})
        return [_news_once(outcomes[its], place == its) for place, its in enumerate(firsts)]

    async def _write(self, messages: Places) -> Outcomes:
        by_schema: dict[str, Places] = collections.defaultdict(dict)
        for place, message in messages.items():
            by_schema[message.schema][place] = message
        return await self._for_all(sorted(by_schema.items()))

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
            self._doubtful.pop(statements.key_of(messages[place]), None)
        return {place: Stored(number, at, False, bool(waiting)) for place, number, at, waiting in rows}

    async def _rows(self, companies: list[tuple[str, Places]], messages: Places) -> list[Any]:
        """Place, number, time and whether it waits, of each that was stored."""
        if len(messages) > 1:
            batch = statements.batch(companies)
            return list(batch.answers(await self._store.run(batch.calls)))
        ((place, message),) = messages.items()
        rows = await self._store.fetch(
            statements.for_company(statements.STORE_ONE, message.schema), *message[1:]
        )
        return [(place, *row) for row in rows]

    async def _repeats(self, schema: str, messages: Places) -> Outcomes:
        place, conversation, visitor, agent, _, client, _ = statements.columns_of(messages)
        rows = await self._store.fetch(
            statements.for_company(statements.REPEATS, schema), place, conversation, visitor, agent, client
        )
        return {
            place: Stored(number, at, not self._is_news(messages[place]), waiting)
            for place, number, at, waiting in rows
        }

    async def _refusals(self, schema: str, messages: Places) -> Outcomes:
        ids = sorted({message.conversation_id for message in messages.values()})
        rows = await self._store.fetch(statements.for_company(statements.WHY_NOT, schema), ids)
        conversations = {row[0]: row for row in rows}
        return {
            place: _refusal(message, conversations.get(message.conversation_id))
            for place, message in messages.items()
        }

    def _doubt(self, messages: Iterable[Message]) -> None:
        self._doubtful |= dict.fromkeys(map(statements.key_of, messages))
        for key in list(itertools.islice(self._doubtful, max(0, len(self._doubtful) - _DOUBTS))):
            del self._doubtful[key]

    def _is_news(self, message: Message) -> bool:
        """Whether a message found stored already has not been told of, as far as this process knows."""
        key = statements.key_of(message)
        is_news = key in self._doubtful
        self._doubtful.pop(key, None)
        return is_news


def _news_once(outcome: Outcome, is_first: bool) -> Outcome:
    """Of the same message twice in a batch one is news, the other a repeat."""
    return outcome if is_first or isinstance(outcome, Exception) else outcome._replace(repeated=True)


def _without(messages: Places, outcomes: dict[int, Outcome]) -> Places:
    return {place: message for place, message in messages.items() if place not in outcomes}


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
