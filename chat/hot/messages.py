"""A message on its way into the log: what a socket wants stored, where it stands then, and who is told."""

import uuid
from typing import NamedTuple

from protocol import events, payloads


class Message(NamedTuple):
    """What a socket wants stored. Exactly one of visitor_id and agent_id is set."""

    schema: str
    conversation_id: int
    visitor_id: uuid.UUID | None
    agent_id: int | None
    author: str
    client_id: str
    text: str


class Stored(NamedTuple):
    """Where it stands: number, time in milliseconds."""

    number: int
    at: int
    #: It stood there before; nobody need be told.
    repeated: bool = False
    #: Nobody has accepted the conversation yet.
    waiting: bool = False


Outcome = Stored | Exception


def created(message: Message, stored: Stored) -> events.EntryCreated:
    """The event for a message that has just been stored."""
    entry = payloads.Entry(
        number=stored.number,
        kind="text",
        side="visitor" if message.agent_id is None else "agent",
        at=stored.at,
        author=message.author,
        agent_id=message.agent_id,
        client_id=message.client_id,
        text=message.text,
    )
    return events.EntryCreated(conversation_id=message.conversation_id, entry=entry)
