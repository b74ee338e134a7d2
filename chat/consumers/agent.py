import uuid
from collections.abc import Callable
from typing import Any, ClassVar

import msgspec

from accounts import acting
from accounts.capabilities import Capability
from accounts.models import Agent
from accounts.services import socket_tokens
from chat import arrivals, audiences, errors, payloads, visit_payloads
from chat.consumers.company import CompanySocket, P, T
from chat.models import Conversation, OfflineMessage, Presence
from chat.services import conversations, presence, settings, statuses
from core.errors import Forbidden, NotFound
from core.realtime import sockets
from core.realtime.packets import Packet
from protocol import base, commands, events, version
from widgets.services import visits

#: Earlier visits that are told of one visitor.
_VISITS = 50


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
    }

    agent: Agent
    address = ""

    async def opened(self, command: commands.OpenAgentSession) -> None:
        await super().opened(command)
        identity = socket_tokens.read(command.token, self.company.company_id)
        self.agent = await self.inside(_active_agent, identity.agent_pk)
        if not self.company.is_usable:
            await self._look_again()
        self.author = self.agent.name
        self.address = arrivals.address(self.scope)
        self.language = self.agent.language or "en"
        with self.company.entered():
            lists = audiences.takers() if self.agent.can(Capability.TAKE_CHATS) else audiences.others()
            truth = audiences.administrators() if self.agent.is_administrator else audiences.colleagues()
            await self.listen(lists, truth, audiences.agent(self.agent.pk))
            self.session = _SessionWatch(self)
            self.session_channel = audiences.session(identity.session)
            await self.runtime.hub.join(self.session_channel, self.session)
        # Named first: a socket that goes while the lease is being taken must know what to give up.
        self.lease_id = uuid.uuid4()
        await self.runtime.leases.take(self.lease_id, self.company, self.agent, identity.session)
        self.say(events.AgentSessionOpened(ref=command.ref, version=version.VERSION, agent_id=self.agent.pk))

    async def _look_again(self) -> None:
        """It may have been opened again a moment ago."""
        self.runtime.directory.forget(self.company.company_id)
        facts = await self.runtime.directory.find(self.company.company_id)
        if facts is None or not facts.company.is_usable:
            raise errors.CompanyClosed
        self.facts, self.company = facts, facts.company

    async def closed(self) -> None:
        await super().closed()
        if hasattr(self, "session"):
            self.runtime.hub.leave(self.session_channel, self.session)
        if hasattr(self, "lease_id"):
            await self.runtime.leases.give_up(self.lease_id)

    async def inside(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        with acting.acting(acting.agent(self.agent, self.address or None) if self.is_open else acting.SYSTEM):
            return await super().inside(function, *args, **kwargs)

    async def open_workspace(self, command: commands.OpenWorkspace) -> events.WorkspaceOpened:
        return await self.inside(self._workspace)

    def _workspace(self) -> events.WorkspaceOpened:
        agent = self._me()
        readable = set(Conversation.objects.open().visible_to(agent).values_list("pk", flat=True))
        everything = Conversation.objects.open().with_summary().oldest_first()
        agents = statuses.seen_by(agent)
        own = Presence.objects.filter(agent=agent).first()
        return events.WorkspaceOpened(
            me=next(one for one in agents if one.id == agent.pk),
            agents=agents,
            conversations=[
                payloads.of_conversation(one, with_words=one.pk in readable) for one in everything
            ],
            offline_messages=OfflineMessage.objects.unread().count(),
            company_away_after=settings.current().away_after_minutes,
            own_away_after=own.away_after_minutes if own else None,
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
        agent = self._me()
        if not (agent.can(Capability.TAKE_CHATS) or agent.can(Capability.SEE_ALL_RECORDS)):
            raise Forbidden
        visitor = visits.known(visitor_id)
        return visit_payloads.of_visitor(visitor, visits.newest(visitor, most=_VISITS))

    async def accept(self, command: commands.AcceptConversation) -> events.ConversationOpened:
        return await self.opened_by(self._accept, command.conversation_id)

    def _accept(self, conversation_id: int) -> Conversation:
        agent = self._me()
        if not agent.can(Capability.TAKE_CHATS):
            raise Forbidden
        return conversations.accept(conversation_id, by=agent)

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

    def conversation(self, conversation_id: int) -> Conversation:
        found = Conversation.objects.visible_to(self._me()).filter(pk=conversation_id).first()
        if found is None:
            raise NotFound
        return found

    def channel_of(self, conversation: Conversation) -> str:
        # Who looks at a waiting one must not go on hearing it when a colleague has it.
        mine = conversation.agent_id == self.agent.pk or self._me().can(Capability.SEE_ALL_RECORDS)
        name = audiences.conversation if mine else audiences.waiting
        return name(conversation.pk)

    def _me(self) -> Agent:
        """The agent as the row says now: permissions may have changed since the socket was opened."""
        return _active_agent(self.agent.pk)


def _active_agent(pk: int) -> Agent:
    agent = Agent.objects.active().select_related("role").filter(pk=pk).first()
    if agent is None:
        raise Forbidden
    return agent


class _SessionWatch:
    """Closes the socket when the sign-in it came from is over."""

    def __init__(self, socket: AgentSocket) -> None:
        self._socket = socket

    def push(self, packet: Packet) -> None:
        self._socket.push(packet)
        self._socket.outlet.close(sockets.SESSION_OVER)

    def resync(self) -> None:
        """The socket itself is told."""
