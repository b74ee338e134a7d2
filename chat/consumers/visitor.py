import uuid
from typing import Any, ClassVar
from urllib.parse import urlsplit

import msgspec

from accounts import languages
from chat import arrivals, audiences, errors, words
from chat.consumers.company import CompanySocket, Found
from chat.hot import messages
from chat.models import Conversation
from chat.services import conversations, offline_messages
from core import compiled
from core.errors import NotFound
from core.realtime import counts
from protocol import base, commands, events, version
from widgets.services import visitor_tokens, visitors

_OWN = compiled.Query(
    lambda: Conversation.objects.filter(pk=compiled.Slot("pk"), visitor=compiled.Slot("visitor"))
)


class VisitorSocket(CompanySocket):
    """A page of the company's website. Its handshake asks the database nothing."""

    side = "visitor"

    decoder: ClassVar[msgspec.json.Decoder[Any]] = msgspec.json.Decoder(commands.VisitorCommand)
    opening = commands.OpenVisitorSession
    handlers: ClassVar[dict[type[base.Command], str]] = {
        commands.Heartbeat: "heartbeat",
        commands.ViewPage: "view_page",
        commands.RequestConversation: "request",
        commands.FollowConversation: "follow",
        commands.UnfollowConversation: "unfollow",
        commands.CurrentConversation: "current",
        commands.EndConversation: "end",
        commands.MarkConversation: "mark",
        commands.SendMessage: "send_message",
        commands.LeaveOfflineMessage: "leave_offline_message",
    }

    visitor_id: uuid.UUID
    browser_language: str
    is_in_crowd = is_on_board = False

    async def opened(self, command: commands.OpenVisitorSession) -> None:
        self.language = languages.nearest(command.language)
        self.browser_language = words.line(command.language)
        await super().opened(command)
        if not self._comes_from_a_site():
            raise errors.OriginNotAllowed
        self._enter_crowd(command)
        token = self._recognised(command.token)
        shown = await self.runtime.shown.availability(self.company)
        with self.company.entered():
            await self.listen(audiences.site(), audiences.visitor(self.visitor_id))
        self.say(
            events.VisitorSessionOpened(
                ref=command.ref,
                version=version.VERSION,
                token=token,
                visitor=str(self.visitor_id),
                availability=shown.availability,
                groups=shown.groups,
            )
        )
        self._enter_board(command)

    def _comes_from_a_site(self) -> bool:
        """A website of the company, or the chat window opened by itself: that one is on our own host."""
        origin = self.header(b"origin")
        own = urlsplit(origin).netloc == self.header(b"host") != ""
        return own or self.facts.allows(origin)

    def _recognised(self, token: str) -> str:
        """Take the visitor's id from the token, or make a new visitor; returns the token to keep."""
        company_id = self.company.company_id
        if not token:
            self.visitor_id = uuid.uuid4()
            return visitor_tokens.issue(company_id, self.visitor_id)
        identity = visitor_tokens.read(token, company_id)
        self.visitor_id = identity.visitor_id
        return visitor_tokens.issue(company_id, self.visitor_id) if identity.renew else token

    def _enter_crowd(self, command: commands.OpenVisitorSession) -> None:
        self.ip = arrivals.address(self.scope)
        self.runtime.crowds.enter(self.ip, is_new=not command.token)
        self.is_in_crowd = True

    def _enter_board(self, command: commands.OpenVisitorSession) -> None:
        visitor = arrivals.visitor(
            str(self.visitor_id),
            command,
            ip=self.ip,
            user_agent=self.header(b"user-agent"),
            sites=self.company.sites,
        )
        with self.company.entered():
            self.is_on_board = self.runtime.board.enter(visitor, words.line(command.referrer))

    async def closed(self) -> None:
        await super().closed()
        if self.is_in_crowd:
            self.is_in_crowd = False
            self.runtime.crowds.leave(self.ip)
        if self.is_on_board:
            self.is_on_board = False
            with self.company.entered():
                self.runtime.board.leave(str(self.visitor_id))

    def resync(self) -> None:
        """What the website shows has no number to compare: it is told again."""
        super().resync()
        self.later(self._tell_availability())

    async def _tell_availability(self) -> None:
        self.say(await self.runtime.shown.availability(self.company))

    def view_page(self, command: commands.ViewPage) -> None:
        with self.company.entered():
            self.runtime.board.move(str(self.visitor_id), arrivals.page(command.page))
        self.say(events.Ack(ref=command.ref))
        counts.acks += 1

    async def opened_from(self, found: Found, after: int = 0) -> events.ConversationOpened:
        opened = await super().opened_from(found, after)
        said = [entry.at for entry in opened.entries if (entry.side, entry.kind) == ("visitor", "text")]
        if said:
            self._spoke(said[-1])
        # How the company is arranged inside is not for visitors, who could ask through every number.
        shown = msgspec.structs.replace(opened.conversation, group_name="", taken_by=None)
        return msgspec.structs.replace(opened, conversation=shown)

    def _tell(self, message: messages.Message, stored: messages.Stored, channel: str) -> None:
        super()._tell(message, stored, channel)
        self._spoke(stored.at)

    def _spoke(self, at: int) -> None:
        self.runtime.board.speak(self.company.schema_name, str(self.visitor_id), at)

    async def request(self, command: commands.RequestConversation) -> events.ConversationOpened:
        return await self.opened_by(self._request, command)

    def _request(self, command: commands.RequestConversation) -> Conversation:
        return conversations.request(
            visitors.known(self.visitor_id, language=self.browser_language),
            text=command.text,
            client_id=uuid.UUID(command.client_id),
            page=command.page,
            group_id=command.group,
        )

    async def current(
        self, command: commands.CurrentConversation
    ) -> events.ConversationOpened | events.NoConversation:
        found = await self.inside(self._open_one)
        return events.NoConversation() if found is None else await self.opened_from(found)

    def _open_one(self) -> Found | None:
        conversation = Conversation.objects.open().filter(visitor=self.visitor_id).first()
        return None if conversation is None else Found(conversation, self.channel_of(conversation))

    async def end(self, command: commands.EndConversation) -> None:
        await self.inside(self._end, command.conversation_id)

    def _end(self, conversation_id: int) -> None:
        conversations.end(self.conversation(conversation_id))

    async def leave_offline_message(self, command: commands.LeaveOfflineMessage) -> None:
        await self.inside(self._leave, command)

    def _leave(self, command: commands.LeaveOfflineMessage) -> None:
        offline_messages.leave(
            visitors.known(self.visitor_id, language=self.browser_language),
            client_id=uuid.UUID(command.client_id),
            text=command.text,
            name=command.name,
            email=command.email,
            page=command.page,
        )

    def conversation(self, conversation_id: int) -> Conversation:
        found = _OWN.first(pk=conversation_id, visitor=self.visitor_id)
        if found is None:
            raise NotFound
        return found
