"""What a client may ask. Unknown fields are refused."""

from typing import Annotated

import msgspec

from protocol.base import Command
from protocol.payloads import ChosenStatus, Id, Name, Number, Page, Text

Token = Annotated[str, msgspec.Meta(max_length=1000)]


class OpenVisitorSession(Command, frozen=True, kw_only=True, tag="session.open"):
    """The first frame of a visitor's socket. Without a token the visitor is new and is given one."""

    token: Token = ""
    page: Page
    language: Annotated[str, msgspec.Meta(max_length=35)] = ""
    referrer: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class OpenAgentSession(Command, frozen=True, kw_only=True, tag="session.open"):
    """The first frame of an agent's socket, with the short-lived token that the agent's page was given."""

    token: Token


class Heartbeat(Command, frozen=True, kw_only=True, tag="heartbeat"):
    """Asks for the newest numbers of these conversations; what is missing can then be fetched."""

    conversations: Annotated[list[Id], msgspec.Meta(max_length=200)] = []


class ViewPage(Command, frozen=True, kw_only=True, tag="page.view"):
    """The visitor has moved to another page without a new socket."""

    page: Page


class RequestConversation(Command, frozen=True, kw_only=True, tag="conversation.request"):
    """Asks for an agent, with the first words. Where a conversation is open already the words go there."""

    client_id: Name
    text: Text
    page: Page
    #: Through which group's icon; 0, or one that is gone: anybody's.
    group: Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)] = 0


class FollowConversation(Command, frozen=True, kw_only=True, tag="conversation.follow"):
    """Hear what happens in a conversation from now on, and get what came after the number one has."""

    conversation_id: Id
    after: Number = 0


class UnfollowConversation(Command, frozen=True, kw_only=True, tag="conversation.unfollow"):
    """Hear no more of a conversation on this socket."""

    conversation_id: Id


class CurrentConversation(Command, frozen=True, kw_only=True, tag="conversation.current"):
    """Follow the visitor's open conversation, whichever tab began it."""


class AcceptConversation(Command, frozen=True, kw_only=True, tag="conversation.accept"):
    """Take a waiting conversation. Of two agents who ask, one gets it and the other is told who."""

    conversation_id: Id


class EndConversation(Command, frozen=True, kw_only=True, tag="conversation.end"):
    """End a conversation, by either side. Ending an ended one changes nothing."""

    conversation_id: Id


class MarkConversation(Command, frozen=True, kw_only=True, tag="conversation.mark"):
    """Everything up to these numbers has arrived here, and has been looked at here."""

    conversation_id: Id
    delivered: Number = 0
    read: Number = 0


class SendMessage(Command, frozen=True, kw_only=True, tag="message.send"):
    """Say something. Sent again under the same name it is stored once and answered the same."""

    conversation_id: Id
    client_id: Name
    text: Text


class LeaveOfflineMessage(Command, frozen=True, kw_only=True, tag="offline_message.leave"):
    """Leave words for later while nobody is online."""

    client_id: Name
    text: Text
    name: Annotated[str, msgspec.Meta(max_length=100)] = ""
    email: Annotated[str, msgspec.Meta(max_length=254)] = ""
    page: Page


class OpenWorkspace(Command, frozen=True, kw_only=True, tag="workspace.open"):
    """Everything the workspace shows at first: colleagues, open conversations, counts."""


class OpenBoard(Command, frozen=True, kw_only=True, tag="board.open"):
    """Who is on the website now, and changes from now on."""


class OpenVisitor(Command, frozen=True, kw_only=True, tag="visitor.open"):
    """What is known of one visitor: this visit and the earlier ones, newest first."""

    visitor: Name


class NoteActivity(Command, frozen=True, kw_only=True, tag="activity.note"):
    """The agent has used keyboard, mouse or touch in this tab. Seconds ago, so that no clock matters."""

    seconds_ago: Annotated[float, msgspec.Meta(ge=0, le=86_400)] = 0


class SetAwayAfter(Command, frozen=True, kw_only=True, tag="away_after.set"):
    """Become away by oneself after so many minutes; never later than the company says. None: as it says."""

    minutes: Annotated[int, msgspec.Meta(ge=1, le=240)] | None = None


class SetStatus(Command, frozen=True, kw_only=True, tag="status.set"):
    """Choose one's own status."""

    status: ChosenStatus


class ReadNotice(Command, frozen=True, kw_only=True, tag="notice.read"):
    """The agent has read a notice as it stands under this version."""

    notice_id: Id
    version: Number


VisitorCommand = (
    OpenVisitorSession
    | Heartbeat
    | ViewPage
    | RequestConversation
    | FollowConversation
    | UnfollowConversation
    | CurrentConversation
    | EndConversation
    | MarkConversation
    | SendMessage
    | LeaveOfflineMessage
)
AgentCommand = (
    OpenAgentSession
    | Heartbeat
    | FollowConversation
    | UnfollowConversation
    | AcceptConversation
    | EndConversation
    | MarkConversation
    | SendMessage
    | OpenWorkspace
    | OpenBoard
    | OpenVisitor
    | NoteActivity
    | SetAwayAfter
    | SetStatus
    | ReadNotice
)
