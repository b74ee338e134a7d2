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
#: Only administrators are ever told that somebody is invisible: to everybody else that is offline.
Status = Literal["online", "busy", "away", "invisible", "offline"]
ChosenStatus = Literal["online", "busy", "away", "invisible"]
#: Why somebody has their status: they chose it, they did nothing for a while, they signed out, or their
#: connection was lost.
StatusReason = Literal["chosen", "idle", "signed_out", "lost"]
Availability = Literal["online", "busy", "offline"]
Side = Literal["visitor", "agent", "system"]
State = Literal["waiting", "active", "ended"]
#: `returned`: the agent's connection is gone, and the conversation is back in the line at its old place.
EntryKind = Literal["requested", "text", "accepted", "returned", "ended"]
SourceKind = Literal["direct", "search", "referral", "campaign"]
Device = Literal["computer", "phone", "tablet", "other"]


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
    #: Where an agent accepts: the name of their picture, as it is now.
    picture: str = ""


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
    #: Through which group's icon it was begun, and, while it waits, the group whose agents alone may take it.
    group_name: str = ""
    taken_by: int | None = None
    page: Page
    requested_at: int
    accepted_at: int | None = None
    ended_at: int | None = None
    ended_by: Side | None = None
    #: While it waits: the agent who had it and whose connection was lost.
    returned_from: str = ""
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
    #: Name of a stored picture; empty: none.
    picture: str = ""
    status: Status
    reason: StatusReason = "chosen"
    #: When the status began.
    since: int = 0


class Notice(Payload, frozen=True, kw_only=True):
    """Words for colleagues, as one of those they are meant for sees them."""

    id: int
    #: Grows with each edit: it is unread again.
    version: int
    title: str
    text: str
    author: str
    #: From when it is shown.
    at: int


class Place(Payload, frozen=True, kw_only=True):
    """Where an address is, as far as the packaged data know; each part may be empty."""

    #: ISO 3166 code of two letters: each reader sees the name in their language.
    country: str = ""
    province: str = ""
    city: str = ""


class Source(Payload, frozen=True, kw_only=True):
    """What brought the visitor here."""

    kind: SourceKind = "direct"
    #: The search engine's, the site's or the campaign's name.
    name: str = ""
    #: What was searched for, where the referrer gives it.
    words: str = ""


class BoardVisitor(Payload, frozen=True, kw_only=True):
    """Somebody on the website now, or who left a short while ago."""

    visitor: str
    page: Page
    entered_at: int
    #: None while they are here.
    left_at: int | None = None
    name: str = ""
    #: Visits so far, this one included; 0 until it is known.
    visits: int = 0
    #: Pages seen in this visit.
    pages: int = 1
    #: When the visitor last wrote.
    last_message_at: int | None = None
    language: str = ""
    ip: str = ""
    place: Place = Place()
    carrier: str = ""
    browser: str = ""
    system: str = ""
    device: Device = "other"
    source: Source = Source()


class BoardMove(Payload, frozen=True, kw_only=True):
    """A visitor of the board looks at another page, or has written."""

    visitor: str
    page: Page
    pages: int
    last_message_at: int | None = None


class BoardLeave(Payload, frozen=True, kw_only=True):
    """A visitor has left the website."""

    visitor: str
    at: int


class Visit(Payload, frozen=True, kw_only=True):
    """One stay of a visitor on the website."""

    began_at: int
    #: None while it goes on.
    ended_at: int | None = None
    #: Where it began.
    page: Page
    pages: int = 1
    source: Source = Source()
    place: Place = Place()
    browser: str = ""
    system: str = ""
    device: Device = "other"
