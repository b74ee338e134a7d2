"""What the server may say, unasked or as an answer."""

from typing import Literal

from protocol import payloads
from protocol.base import Event, Payload


class MessageStored(Payload, frozen=True, kw_only=True, tag_field="kind", tag="message"):
    """The answer to `message.send`: durable, with its number. A repeat gets the first answer again."""

    conversation_id: int
    number: int
    at: int


class ConversationOpened(Payload, frozen=True, kw_only=True, tag_field="kind", tag="conversation"):
    """A conversation and its log after the number asked for, oldest first."""

    conversation: payloads.Conversation
    entries: list[payloads.Entry]
    #: False when more lies between the last of these and `last_number`: ask again from there.
    complete: bool = True


class NoConversation(Payload, frozen=True, kw_only=True, tag_field="kind", tag="none"):
    """The visitor has no open conversation."""


class WorkspaceOpened(Payload, frozen=True, kw_only=True, tag_field="kind", tag="workspace"):
    """What the workspace shows at first."""

    me: payloads.Agent
    agents: list[payloads.Agent]
    #: The groups one belongs to, by id.
    groups: list[int] = []
    conversations: list[payloads.Conversation]
    offline_messages: int
    #: Minutes without activity after which one becomes away: as the company says, and as one chose oneself
    #: (None: as the company says). 0 is never.
    company_away_after: int = 0
    own_away_after: int | None = None
    #: Shown now and not read yet, newest first, at most 20.
    notices: list[payloads.Notice] = []
    #: Answers of the operator that one has not read.
    answers: int = 0


class BoardOpened(Payload, frozen=True, kw_only=True, tag_field="kind", tag="board"):
    """The visitor board at a version; `board.changed` with this version as base applies to it."""

    version: int
    visitors: list[payloads.BoardVisitor]
    #: Minutes for which those who have left stay in the list.
    left_shown_for: int = 30


class VisitorOpened(Payload, frozen=True, kw_only=True, tag_field="kind", tag="visitor"):
    """What is known of one visitor; visits newest first, at most 50."""

    visitor: str
    name: str = ""
    first_seen_at: int
    visits_in_all: int
    visits: list[payloads.Visit]


Result = MessageStored | ConversationOpened | NoConversation | WorkspaceOpened | BoardOpened | VisitorOpened


class Ack(Event, frozen=True, kw_only=True, tag="ack"):
    """A command was carried out, and what it changed is durable."""

    ref: int
    result: Result | None = None


class Refused(Event, frozen=True, kw_only=True, tag="refused"):
    """A command was not carried out. `ref` is 0 where the frame could not be read far enough to know."""

    ref: int
    code: str
    message: str
    field: str | None = None
    #: Seconds after which trying again makes sense, where that is so.
    retry_after: float | None = None


class VisitorSessionOpened(Event, frozen=True, kw_only=True, tag="session.opened"):
    """The greeting: who you are from now on, and what the website shows."""

    ref: int
    version: str
    token: str
    visitor: str
    availability: payloads.Availability
    #: Of those groups, by id, of which the website shows something else.
    groups: dict[str, payloads.Availability] = {}


class AgentSessionOpened(Event, frozen=True, kw_only=True, tag="session.opened"):
    """The greeting. A page of another version reloads itself."""

    ref: int
    version: str
    agent_id: int
    #: Whether the page looks on as a role would, and can change nothing.
    is_seeing: bool = False


class AgentAccessChanged(Event, frozen=True, kw_only=True, tag="agent.access_changed"):
    """What one may do is this from now on. The socket closes, and another one hears what one may hear now."""

    capabilities: list[str]
    is_administrator: bool


class SessionEnded(Event, frozen=True, kw_only=True, tag="session.ended"):
    """The socket closes now and is not to be opened again with the same session."""

    reason: Literal["signed_out", "refused"]


class HeartbeatAnswered(Event, frozen=True, kw_only=True, tag="heartbeat.answered"):
    """The newest numbers, by conversation id."""

    ref: int
    numbers: dict[str, int]


class EntryCreated(Event, frozen=True, kw_only=True, tag="entry.created"):
    """The log of a conversation has grown by this entry."""

    conversation_id: int
    entry: payloads.Entry


class ConversationMarked(Event, frozen=True, kw_only=True, tag="conversation.marked"):
    """How far both sides are."""

    conversation_id: int
    marks: payloads.Marks


class ConversationChanged(Event, frozen=True, kw_only=True, tag="conversation.changed"):
    """A conversation was requested, accepted or ended. Goes to agents who may see it."""

    conversation: payloads.Conversation


class ConversationBegun(Event, frozen=True, kw_only=True, tag="conversation.begun"):
    """The visitor has an open conversation, begun perhaps in another tab."""

    conversation_id: int


class AgentChanged(Event, frozen=True, kw_only=True, tag="agent.changed"):
    """A colleague's name or status is now this."""

    agent: payloads.Agent


class AvailabilityChanged(Event, frozen=True, kw_only=True, tag="availability.changed"):
    """What the website shows of the company."""

    availability: payloads.Availability
    #: Of those groups, by id, of which the website shows something else.
    groups: dict[str, payloads.Availability] = {}


class BoardChanged(Event, frozen=True, kw_only=True, tag="board.changed"):
    """Changes of the visitor board since `base`. Who has another version opens the board again."""

    base: int
    version: int
    changed: list[payloads.BoardVisitor]
    moved: list[payloads.BoardMove]
    left: list[payloads.BoardLeave]


class OfflineMessageLeft(Event, frozen=True, kw_only=True, tag="offline_message.left"):
    """A visitor has left words for later; so many are unread now."""

    unread: int


class NoticePublished(Event, frozen=True, kw_only=True, tag="notice.published"):
    """A notice is shown from now on, or reads otherwise now; it is unread."""

    notice: payloads.Notice


class NoticeWithdrawn(Event, frozen=True, kw_only=True, tag="notice.withdrawn"):
    """A notice is no longer shown: withdrawn, deleted, or its time is over."""

    notice_id: int


class NoticeReadElsewhere(Event, frozen=True, kw_only=True, tag="notice.read"):
    """One has read a notice as it stood then, in this tab or in another."""

    notice_id: int
    version: int


class AnswersChanged(Event, frozen=True, kw_only=True, tag="answers.changed"):
    """The operator has answered what one wrote, or one has read it; so many are unread now."""

    unread: int


class Resync(Event, frozen=True, kw_only=True, tag="resync"):
    """Events may have been missed: compare numbers now."""


VisitorEvent = (
    Ack
    | Refused
    | VisitorSessionOpened
    | SessionEnded
    | HeartbeatAnswered
    | EntryCreated
    | ConversationMarked
    | ConversationBegun
    | AvailabilityChanged
    | Resync
)
AgentEvent = (
    Ack
    | Refused
    | AgentSessionOpened
    | SessionEnded
    | HeartbeatAnswered
    | EntryCreated
    | ConversationMarked
    | ConversationChanged
    | AgentChanged
    | AgentAccessChanged
    | BoardChanged
    | OfflineMessageLeft
    | NoticePublished
    | NoticeWithdrawn
    | NoticeReadElsewhere
    | AnswersChanged
    | Resync
)
