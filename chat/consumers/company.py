"""What the sockets of visitors and of agents share."""

import logging
import uuid
from collections.abc import Callable
from typing import Any, NamedTuple, ParamSpec, TypeVar

from accounts.models import Agent
from chat import audiences, errors, runtime, words
from chat.hot import marks, messages, numbers
from chat.models import Conversation
from chat.services import conversations
from companies.models import Company
from core import errors as core_errors
from core.realtime import counts, packets, pool, refusals, sockets
from core.tenancy import context
from protocol import commands, events

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


class Found(NamedTuple):
    """A conversation, and the channel on which this person hears of it."""

    conversation: Conversation
    channel: str


class Said:
    """What a socket keeps of a conversation in which something was said on it."""

    __slots__ = ("channel", "newest")

    def __init__(self, channel: str) -> None:
        self.channel = channel
        #: The highest number under which it was acknowledged.
        self.newest = 0


class CompanySocket(sockets.LiveSocket):
    """A socket at /live/c/<company id>/…: every hop to the database and every channel is the company's."""

    company: Company
    visitor_id: uuid.UUID | None = None
    agent: Agent | None = None
    author = ""

    async def opened(self, command: Any) -> None:
        self.runtime = runtime.current()
        self.channels: set[str] = set()
        self.following: set[int] = set()
        self.said: dict[int, Said] = {}
        company_id = self.scope["url_route"]["kwargs"]["company_id"]
        facts = await self.runtime.directory.find(company_id)
        if facts is None or not facts.company.is_established:
            raise errors.CompanyClosed
        self.facts = facts
        self.company = facts.company

    async def closed(self) -> None:
        for channel in getattr(self, "channels", ()):
            self.runtime.hub.leave(channel, self)

    async def inside(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call in a thread, in the company."""
        with self.company.entered():
            return await pool.run(function, *args, **kwargs)

    async def listen(self, *channels: str) -> None:
        for channel in channels:
            self.channels.add(channel)
            await self.runtime.hub.join(channel, self)

    def header(self, name: bytes) -> str:
        return next((value.decode("latin-1") for key, value in self.scope["headers"] if key == name), "")

    # The hot path

    def send_message(self, command: commands.SendMessage) -> None:
        message = messages.Message(
            self.company.schema_name,
            command.conversation_id,
            self.visitor_id,
            self.agent.pk if self.agent else None,
            self.author,
            command.client_id,
            words.as_typed(command.text),
        )
        self.runtime.writer.put(message, lambda outcome: self._stored(command, message, outcome))

    def _stored(
        self, command: commands.SendMessage, message: messages.Message, outcome: messages.Stored | Exception
    ) -> None:
        if isinstance(outcome, Exception):
            if isinstance(outcome, errors.ConversationEnded):
                self.runtime.tallies.refused(message.schema, message.conversation_id)
            # What failed will be sent again, and counts when it is answered.
            self._not_done(command.ref, outcome)
            return
        result = events.MessageStored(
            conversation_id=command.conversation_id, number=outcome.number, at=outcome.at
        )
        self.say(events.Ack(ref=command.ref, result=result))
        counts.acks += 1
        if outcome.repeated:
            counts.repeated += 1
            self.runtime.tallies.repeated(message.schema, message.conversation_id)
        else:
            counts.stored += 1
            said = self.said.get(message.conversation_id) or self._begin_to_say(message)
            self._count(message, outcome.number, said)
            self._tell(message, outcome, said.channel)

    def _begin_to_say(self, message: messages.Message) -> Said:
        with context.entered(message.schema):
            said = self.said[message.conversation_id] = Said(audiences.conversation(message.conversation_id))
        return said

    def _count(self, message: messages.Message, number: int, said: Said) -> None:
        """Apart from the log, for the balance."""
        is_newest = number > said.newest
        if is_newest:
            said.newest = number
        self.runtime.tallies.acknowledged(message.schema, message.conversation_id, number, in_order=is_newest)

    def _tell(self, message: messages.Message, stored: messages.Stored, channel: str) -> None:
        payload = packets.encoder.encode(messages.created(message, stored))
        self.runtime.hub.publish(channel, payload)
        if stored.waiting:
            with context.entered(message.schema):
                self.runtime.hub.publish(audiences.waiting(message.conversation_id), payload)
            self.later(self.inside(conversations.announce_waiting, message.conversation_id))

    def mark(self, command: commands.MarkConversation) -> None:
        if command.conversation_id not in self.following:
            raise core_errors.NotFound
        mark = marks.Mark(
            self.company.schema_name,
            command.conversation_id,
            self.visitor_id,
            self.agent.pk if self.agent else None,
            command.delivered,
            command.read,
        )
        self.runtime.marker.put(mark, lambda outcome: self._marked(command, outcome))

    def _marked(self, command: commands.MarkConversation, outcome: Any) -> None:
        if isinstance(outcome, Exception):
            self._not_done(command.ref, outcome)
            return
        self.say(events.Ack(ref=command.ref))
        counts.acks += 1
        event = events.ConversationMarked(conversation_id=command.conversation_id, marks=outcome)
        with self.company.entered():
            channel = audiences.conversation(command.conversation_id)
        self.runtime.hub.publish(channel, packets.encoder.encode(event))

    def heartbeat(self, command: commands.Heartbeat) -> None:
        ids = tuple(key for key in command.conversations if key in self.following)
        if not ids:
            self.say(events.HeartbeatAnswered(ref=command.ref, numbers={}))
            return
        question = numbers.Question(self.company.schema_name, ids)
        self.runtime.reader.put(question, lambda outcome: self._numbered(command.ref, outcome))

    def _numbered(self, ref: int, outcome: dict[int, int] | Exception) -> None:
        if isinstance(outcome, Exception):
            self._not_done(ref, outcome)
            return
        newest = {str(key): number for key, number in outcome.items()}
        self.say(events.HeartbeatAnswered(ref=ref, numbers=newest))

    def _not_done(self, ref: int, error: Exception) -> None:
        if not isinstance(error, core_errors.DomainError):
            # The name alone: what the database complains of may quote what people wrote.
            logger.error("The hot path failed: %s", type(error).__name__)
            error = refusals.Unavailable()
        self.refuse(error, ref)

    # Conversations

    async def follow(self, command: commands.FollowConversation) -> events.ConversationOpened:
        found = await self.inside(self._with_channel, self.conversation, command.conversation_id)
        return await self.opened_from(found, command.after)

    async def opened_by(self, deed: Callable[..., Conversation], *args: Any) -> events.ConversationOpened:
        """Open the conversation that a deed answers with."""
        return await self.opened_from(await self.inside(self._with_channel, deed, *args))

    def _with_channel(self, deed: Callable[..., Conversation], *args: Any) -> Found:
        conversation = deed(*args)
        return Found(conversation, self.channel_of(conversation))

    async def opened_from(self, found: Found, after: int = 0) -> events.ConversationOpened:
        """Listen first, then read: nothing falls between."""
        conversation = found.conversation
        await self.listen(found.channel)
        self.following.add(conversation.pk)
        opened = await self.inside(conversations.opened, conversation, after)
        if after > opened.conversation.last_number:
            self.runtime.tallies.held(self.company.schema_name, conversation.pk, after)
        return opened

    async def unfollow(self, command: commands.UnfollowConversation) -> None:
        self.following.discard(command.conversation_id)
        self.said.pop(command.conversation_id, None)
        with self.company.entered():
            channels = {
                audiences.conversation(command.conversation_id),
                audiences.waiting(command.conversation_id),
            }
        for channel in channels & self.channels:
            self.channels.discard(channel)
            self.runtime.hub.leave(channel, self)

    def channel_of(self, conversation: Conversation) -> str:
        """Where this person hears of it. Runs in a thread, in the company."""
        return audiences.conversation(conversation.pk)

    def conversation(self, conversation_id: int) -> Conversation:
        """One that this person may see; raises NotFound. Runs in a thread, in the company."""
        raise NotImplementedError
