"""What chat does when a layer below announces something."""

from typing import Any

from accounts.models import Agent
from accounts.services import socket_tokens
from chat.services import availability, presence


def on_signed_out(*, agent: Agent, session_key: str, **kwargs: Any) -> None:
    """Close the sockets of that sign-in; the agent is offline at once unless signed in elsewhere."""
    session = socket_tokens.session_hash(session_key)
    presence.end_session(session)
    presence.sign_out(agent, session)


def on_agent_deactivated(*, agent: Agent, **kwargs: Any) -> None:
    """Nobody deactivated stays in the room."""
    presence.dismiss(agent)


def on_company_closed(**kwargs: Any) -> None:
    """Nobody stays in the room, and websites show it as offline."""
    for agent in Agent.objects.filter(leases__isnull=False).distinct():
        presence.dismiss(agent, reason="refused")
    availability.tell_once_committed()


def on_company_reopened(**kwargs: Any) -> None:
    """Agents come back by themselves; what was told of those who never left is told again."""
    availability.tell_once_committed()
