"""What agents are doing, as far as pages about them say it: the app above that knows tells it (`apps.py`)."""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from accounts.models import Agent


class Status(NamedTuple):
    """A status by its name, as in the styles, and in words."""

    name: str
    words: str


Statuses = Callable[[Agent, Collection[Agent]], Mapping[int, Status]]
Held = Callable[[Agent], int]

_statuses: list[Statuses] = []
_held: list[Held] = []


def tell(*, statuses: Statuses, held: Held) -> None:
    """Who says how each of these agents is seen by one of them, and how many conversations somebody has in hand."""
    _statuses.append(statuses)
    _held.append(held)


def statuses(viewer: Agent, agents: Collection[Agent]) -> dict[int, Status]:
    """By key, as this viewer may see them; missing who has none."""
    found: dict[int, Status] = {}
    for source in _statuses:
        found |= source(viewer, agents)
    return found


def held(agent: Agent) -> int:
    """Conversations that would go back to the line if the agent went now."""
    return sum(source(agent) for source in _held)
