import asyncio
import uuid
from collections.abc import Callable
from typing import Any, ClassVar

import msgspec
from django.utils import timezone

from accounts import acting, see_as
from accounts.capabilities import Capability
from accounts.models import Agent, Notice
from accounts.services import notices, socket_tokens
from chat import arrivals, audiences, errors, payloads, visit_payloads
from chat.consumers import rights, watches
from chat.consumers.company import CompanySocket, P, T
from chat.models import Conversation, OfflineMessage, Presence
from chat.services import conversations, presence, settings, statuses
from companies.models import OperatorVisit, Suggestion
from core import compiled, reading
from core.errors import Forbidden, NotFound
from core.realtime import sockets
from core.realtime.packets import Packet
from protocol import base, commands, events, version
from protocol.payloads import Agent as AgentFrame
from widgets.services import visits

#: Earlier visits that are told of one visitor.
_VISITS = 50
#: Unread notices that are told at first.
_NOTICES = 20


#: What each command asks for: one of these capabilities, or, where there is none, to be signed in. Which
#: conversations one may see, and which status choose, the services say.
NEEDS: dict[type[base.Command], frozenset[Capability]] = {
    commands.Heartbeat: frozenset(),
    commands.FollowConversation: frozenset(),
    commands.UnfollowConversation: frozenset(),
    commands.AcceptConversation: frozenset({Capability.TAKE_CHATS}),
    commands.EndConversation: frozenset(),
    commands.MarkConversation: frozenset(),
    commands.SendMessage: frozenset(),
    commands.OpenWorkspace: frozenset(),
    commands.OpenBoard: frozenset(),
    commands.OpenVisitor: frozenset({Capability.TAKE_CHATS, Capability.SEE_ALL_RECORDS}),
    commands.SetStatus: frozenset(),
    commands.SetAwayAfter: frozenset(),
    commands.NoteActivity: frozenset(),
    commands.ReadNotice: frozenset(),
}
#: What whoever sees as a role may ask (accounts/see_as.py): nothing of it writes.
_READING = {
    commands.Heartbeat,
    commands.FollowConversation,
    commands.UnfollowConversation,
    commands.OpenWorkspace,
    commands.OpenBoard,
    commands.OpenVisitor,
}

_OWN = compiled.Query(
    lambda: Conversation.objects.filter(pk=compiled.Slot("pk"), agent=compiled.Slot("agent"))
)


class AgentSocket(CompanySocket):
    """A tab of a signed-in agent."""

    side = "agent"

    decoder: ClassVar[msgspec.json.Decoder[Any]] = msgspec.json.Decoder(commands.AgentCommand)
    opening = commands.OpenAgentSession
    handlers: ClassVar[dict[type[base.Command], str]] = {
        commands.Heartbeat: "heartbeat",
        commands.FollowConversation: "follow",
        commands.UnfollowConversation: "unfollow",
        commands.AcceptConversation: "accept",
        commands.EndConversation: "end",
        commands.MarkConversation: "mark",
        commands.SendMessage: "send_message",
        commands.OpenWorkspace: "open_workspace",
        commands.OpenBoard: "open_board",
        commands.OpenVisitor: "open_visitor",
        commands.SetStatus: "set_status",
        commands.SetAwayAfter: "set_away_after",
        commands.NoteActivity: "note_activity",
        commands.ReadNotice: "read_notice",
    }

    agent: Agent
    address = ""
    #: None until the agent is known.
    allowed: rights.Rights | None = None

    async def opened(self, command: commands.OpenAgentSession) -> None:
        await super().opened(command)
        self.identity = socket_tokens.read(command.token, self.company.company_id)
        self.address = arrivals.address(self.scope)
        # First: what changes while the agent is looked up is heard.
        await self._watch()
        self.agent, allowed = await self.inside(rights.of, self.company, self.identity, self.address)
        self.allowed = allowed
        if not self.company.is_usable and not self.agent.visit:
            await self._look_again()
        self.author = self.agent.name
        self.language = self.agent.language or "en"
        with self.company.entered():
            own = audiences.agent(self.agent.pk)
        await self.listen(own, *allowed.channels)
        if self.agent.visit:
            self._end_with(self.agent.visit)
        if not self.identity.only_looks:
            await self._take_lease()
        self.say(
            events.AgentSessionOpened(
                ref=command.ref,
                version=version.VERSION,
                agent_id=self.agent.pk,
                is_seeing=self.agent.seen_as is not None,
            )
        )

    async def _watch(self) -> None:
        with self.company.entered():
            self.watches = watches.of(self)
        for watch in self.watches:
            await self.runtime.hub.join(watch.channel, watch)

    async def _take_lease(self) -> None:
        # Named first: a socket that goes while the lease is being taken must know what to give up.
        self.lease_id = uuid.uuid4()
        await self.runtime.leases.take(
            self.lease_id, self.company, self.agent, self.identity.session, self.address
        )

    def _end_with(self, visit: OperatorVisit) -> None:
        """A visit that nobody ends is over by itself."""
        left = (visit.ends_at - timezone.now()).total_seconds()
        self.ending = asyncio.get_running_loop().call_later(left, self.session_over)

    async def _look_again(self) -> None:
        """It may have been opened again a moment ago."""
        self.runtime.directory.forget(self.company.company_id)
        facts = await self.runtime.directory.find(self.company.company_id)
        if facts is None or not facts.company.is_usable:
            raise errors.CompanyClosed
        self.facts, self.company = facts, facts.company

    async def closed(self) -> None:
        await super().closed()
        for watch in getattr(self, "watches", ()):
            self.runtime.hub.leave(watch.channel, watch)
        if hasattr(self, "ending"):
            self.ending.cancel()
        if hasattr(self, "lease_id"):
            await self.runtime.leases.give_up(self.lease_id)

    async def inside(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        with acting.acting(acting.agent(self.agent, self.address or None) if self.is_open else acting.SYSTEM):
            if self.is_open and self.agent.visit:
                function = reading.only()(function)
            return await super().inside(function, *args, **kwargs)

    def _dispatch(self, command: base.Command) -> None:
        refusal = see_as.refusal(self.agent) if self.is_open and type(command) not in _READING else None
        if refusal:
            raise refusal
        super()._dispatch(command)

    async def listen(self, *channels: str) -> None:
        if self._is_closing:
            # What is under way was allowed by rules that hold no more.
            raise Forbidden
        await super().listen(*channels)

    def access_changed(self, packet: Packet | None = None) -> None:
        """Hear nothing more by the old rules; the client comes again, and hears what the new ones say."""
        if self._is_closing:
            return
        self._is_closing = True
        for channel in self.channels:
            self.runtime.hub.leave(channel, self)
        self.channels.clear()
        if packet is not None and not self.identity.only_looks:
            self.push(packet)
        self._moving = asyncio.get_running_loop().create_task(self.move())

    async def compare_access(self) -> None:
        """Whether a change was missed; of whoever only looks on, also whether the sign-in is over."""
        try:
            _, allowed = await self.inside(rights.of, self.company, self.identity, self.address)
        except Forbidden:
            await self._leave()
            return
        if allowed != self.allowed:
            self.access_changed()

    async def _leave(self) -> None:
        """Come again, where the sign-in goes on under another key."""
        if await self.inside(socket_tokens.renewed, {self.identity.session: self.agent}):
            self.access_changed()
        else:
            self.session_over()

    def session_over(self) -> None:
        self.say(events.SessionEnded(reason="signed_out"))
        self.outlet.close(sockets.SESSION_OVER)

    def heartbeat(self, command: commands.Heartbeat) -> None:
        if self.identity.only_looks:
            # No lease asks after its sign-in.
            self.later(self.compare_access())
        super().heartbeat(command)

    async def open_workspace(self, command: commands.OpenWorkspace) -> events.WorkspaceOpened:
        return await self.inside(self._workspace)

    def _workspace(self) -> events.WorkspaceOpened:
        agent = self._me(commands.OpenWorkspace)
        readable = set(Conversation.objects.open().visible_to(agent).values_list("pk", flat=True))
        everything = Conversation.objects.open().with_summary().oldest_first()
        agents = statuses.seen_by(agent)
        own = Presence.objects.filter(agent=agent).first()
        return events.WorkspaceOpened(
            me=_visitor(agent) if agent.visit else next(one for one in agents if one.id == agent.pk),
            agents=agents,
            groups=list(agent.groups.values_list("pk", flat=True)),
            conversations=[
                payloads.of_conversation(one, with_words=one.pk in readable) for one in everything
            ],
            offline_messages=OfflineMessage.objects.unread().count(),
            company_away_after=settings.current().away_after_minutes,
            own_away_after=own.away_after_minutes if own else None,
            notices=[
                payloads.of_notice(one) for one in Notice.objects.unread_by(agent).newest_first()[:_NOTICES]
            ],
            answers=Suggestion.objects.of(self.company, agent.pk).unread().count(),
        )

    async def open_board(self, command: commands.OpenBoard) -> events.BoardOpened:
        with self.company.entered():
            await self.listen(audiences.board())
            board = await self.runtime.board.opened()
        self.asked_for = memoryview(board.visitors).nbytes
        return events.BoardOpened(
            version=board.version,
            visitors=board.visitors,  # type: ignore[arg-type]
            left_shown_for=board.left_shown_for,
        )

    async def open_visitor(self, command: commands.OpenVisitor) -> events.VisitorOpened:
        return await self.inside(self._visitor, uuid.UUID(command.visitor))

    def _visitor(self, visitor_id: uuid.UUID) -> events.VisitorOpened:
        self._me(commands.OpenVisitor)
        visitor = visits.known(visitor_id)
        return visit_payloads.of_visitor(visitor, visits.newest(visitor, most=_VISITS))

    async def accept(self, command: commands.AcceptConversation) -> events.ConversationOpened:
        return await self.opened_by(self._accept, command.conversation_id)

    def _accept(self, conversation_id: int) -> Conversation:
        return conversations.accept(conversation_id, by=self._me(commands.AcceptConversation))

    async def end(self, command: commands.EndConversation) -> None:
        await self.inside(self._end, command.conversation_id)

    def _end(self, conversation_id: int) -> None:
        agent = self._me()
        conversation = Conversation.objects.of(agent).filter(pk=conversation_id).first()
        if conversation is None:
            raise NotFound
        conversations.end(conversation, by=agent)

    async def set_status(self, command: commands.SetStatus) -> None:
        await self.inside(self._set_status, command.status)

    def _set_status(self, status: str) -> None:
        presence.set_status(self._me(), status)

    async def set_away_after(self, command: commands.SetAwayAfter) -> None:
        await self.inside(self._set_away_after, command.minutes)

    def _set_away_after(self, minutes: int | None) -> None:
        presence.set_away_after(self._me(), minutes)

    async def note_activity(self, command: commands.NoteActivity) -> None:
        await self.runtime.leases.note_activity(self.lease_id, command.seconds_ago)

    async def read_notice(self, command: commands.ReadNotice) -> None:
        await self.inside(self._read_notice, command)

    def _read_notice(self, command: commands.ReadNotice) -> None:
        notices.read(command.notice_id, version=command.version, by=self._me())

    def conversation(self, conversation_id: int) -> Conversation:
        agent = self._me()
        # Nearly always their own: then nobody's groups are looked through.
        found = _OWN.first(pk=conversation_id, agent=agent.pk) or (
            Conversation.objects.filter(pk=conversation_id).visible_to(agent).first()
        )
        if found is None:
            raise NotFound
        return found

    def channel_of(self, conversation: Conversation) -> str:
        # Who looks at a waiting one must not go on hearing it when a colleague has it.
        mine = conversation.agent_id == self.agent.pk or self._me().can(Capability.SEE_ALL_RECORDS)
        name = audiences.conversation if mine else audiences.waiting
        return name(conversation.pk)

    def _me(self, command: type[base.Command] | None = None) -> Agent:
        """The agent as the row says now: permissions may have changed since the socket was opened.

        Raises Forbidden unless they have one of those that the command asks for.
        """
        agent = rights.agent_of(self.identity)
        needed = NEEDS[command] if command else frozenset()
        if needed and not any(agent.can(capability) for capability in needed):
            raise Forbidden
        return agent


def _visitor(agent: Agent) -> AgentFrame:
    """An operator on a visit, for their own page alone: no colleague, and never there."""
    return payloads.of_agent(agent, *statuses.NEVER_THERE)
