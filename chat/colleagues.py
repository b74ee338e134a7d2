"""What pages about agents say of their work; chat tells it to the layer below (`apps.py`)."""

from collections.abc import Collection

from accounts import at_work
from accounts.models import Agent
from chat.models import Conversation, StatusPeriod
from chat.services import statuses


def statuses_of(viewer: Agent, agents: Collection[Agent]) -> dict[int, at_work.Status]:
    """As the viewer may see them: who is invisible has signed out, but to administrators."""
    seen = statuses.listed(to_administrators=viewer.is_administrator, among={agent.pk for agent in agents})
    return {
        one.id: at_work.Status(one.status, str(StatusPeriod.Status(one.status).label).capitalize())
        for one in seen
    }


def held_by(agent: Agent) -> int:
    """Conversations that go back to the line when the agent goes."""
    return Conversation.objects.active().of(agent).count()
