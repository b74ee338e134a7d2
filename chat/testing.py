"""Makers for tests."""

import uuid
from typing import Any

from accounts.models import Agent
from chat.models import Conversation, Lease, Presence
from chat.services import conversations, presence, statuses
from protocol import payloads
from widgets.models import Visitor

PAGE = payloads.Page(url="https://acme.example/pricing", title="Pricing")


def name() -> str:
    """A fresh name for a message."""
    return str(uuid.uuid4())


def make_visitor(**facts: Any) -> Visitor:
    return Visitor.objects.create(**{"name": "Vera", **facts})


def status_of(agent: Agent) -> str:
    """The true one."""
    return statuses.of([agent])[agent.pk].status


def make_online(agent: Agent, status: str = "online") -> Lease:
    """The agent has a live connection."""
    Presence.objects.update_or_create(agent=agent, defaults={"status": status})
    lease_id = uuid.uuid4()
    presence.connect(agent, lease_id, "0" * 32)
    return Lease.objects.get(pk=lease_id)


def make_conversation(
    *, visitor: Visitor | None = None, agent: Agent | None = None, text: str = "Hello"
) -> Conversation:
    """A waiting conversation, or one that the agent has accepted. Needs somebody online."""
    conversation = conversations.request(
        visitor or make_visitor(), text=text, client_id=uuid.uuid4(), page=PAGE
    )
    if agent is not None:
        conversation = conversations.accept(conversation.pk, by=agent)
    return conversation
