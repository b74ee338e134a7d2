"""The parts that frames are made of."""

from typing import Annotated, Literal

import msgspec

from protocol.base import Payload

Id = Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]
#: A UUID that the client makes, in its canonical 36 characters.
Name = Annotated[
    str,
    msgspec.Meta(max_length=36, pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"),
]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
#: Position in a conversation's log: 1, 2, 3 … without gaps; 0 means "nothing yet".
Number = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
Status = Literal["online", "busy", "away", "offline"]
ChosenStatus = Literal["online", "busy", "away"]
Availability = Literal["online", "busy", "offline"]
Side = Literal["visitor", "agent", "system"]
State = Literal["waiting", "active", "ended"]
EntryKind = Literal["requested", "text", "accepted", "ended"]


class Page(Payload, frozen=True, kw_only=True):
    """A page of the website, as the visitor's browser names it."""

    url: Annotated[str, msgspec.Meta(max_length=2000)]
    title: Annotated[str, msgspec.Meta(max_length=300)] = ""


class Entry(Payload, frozen=True, kw_only=True):
    """One entry of a conversation's log. Entries are never changed and never renumbered."""

    number: int
    kind: EntryKind
    side: Side
    at: int
    #: Display name of the agent who caused it, as it was then.
    author: str = ""
    agent_id: int | None = None
    #: The name its sender gave it, for matching the pending copy.
    client_id: str | None = None
    text: str = ""


class Marks(Payload, frozen=True, kw_only=True):
    """How far each side is: every entry up to the number has been delivered to it, or read by it."""

    visitor_delivered: int = 0
    visitor_read: int = 0
    agent_delivered: int = 0
    agent_read: int = 0


class Conversation(Payload, frozen=True, kw_only=True):
    """A conversation as lists show it; its log is apart."""

    id: int
    state: State
    #: The visitor's UUID and, if known, name.
    visitor: str
    visitor_name: str = ""
    agent_id: int | None = None
    agent_name: str = ""
    page: Page
    requested_at: int
    accepted_at: int | None = None
    ended_at: int | None = None
    ended_by: Side | None = None
    last_number: int
    marks: Marks
    #: The newest words, for a line in a list, and how many of the visitor's texts no agent has read.
    preview: str = ""
    unread: int = 0


class Agent(Payload, frozen=True, kw_only=True):
    """A colleague."""

    id: int
    agent_id: str
    name: str
    status: Status


class BoardVisitor(Payload, frozen=True, kw_only=True):
    """Somebody on the website now."""

    visitor: str
    page: Page
    entered_at: int
    language: str = ""
