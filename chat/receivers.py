"""What chat does when a layer below announces something."""

from typing import Any

from accounts.models import Agent
from accounts.services import socket_tokens
from chat.services import presence


def on_signed_out(*, agent: Agent, session_key: str, **kwargs: Any) -> None:
    """Close the sockets of that sign-in; the agent is offline at once unless signed in elsewhere."""
    session = socket_tokens.session_hash(session_key)
    presence.end_session(session)
    presence.sign_out(agent, session)


def on_agent_deactivated(*, agent: Agent, **kwargs: Any) -> None:
    """Nobody deactivated stays in the room."""
    presence.dismiss(agent)
