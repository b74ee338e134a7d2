"""An agent may do something else from now on, or is called something else: whoever is there learns it at once."""

from collections.abc import Collection

from django.db import connection, transaction

from accounts.models import Agent, Group
from chat import audiences
from chat.services import availability, order, presence
from core.realtime.publish import publish_now
from core.tenancy import context
from protocol import events


def look_again(agent: Agent) -> None:
    """Once the transaction is committed; many agents of one transaction are told of together."""
    telling = _under_way() or _Telling(context.place())
    if not telling.agents:
        transaction.on_commit(telling, robust=True)
    telling.agents.add(agent.pk)


class _Telling:
    """What waits for the commit."""

    def __init__(self, place: context.Place) -> None:
        self.place = place
        self.agents: set[int] = set()

    def __call__(self) -> None:
        with context.entered(self.place.schema, self.place.tenant):
            agents = Agent.objects.active().select_related("role").in_bulk(self.agents)
            presence.look_again(agents)
            _tell_access(agents.values())
            _tell_groups()


def _under_way() -> _Telling | None:
    schema = context.schema()
    waiting = (entry[1] for entry in connection.run_on_commit if isinstance(entry[1], _Telling))
    return next((one for one in waiting if one.place.schema == schema), None)


def _tell_access(agents: Collection[Agent]) -> None:
    """Their sockets hear nothing more by the old rules; those that follow hear what the new ones say."""
    for agent in agents:
        may = events.AgentAccessChanged(
            capabilities=sorted(agent.capabilities), is_administrator=agent.is_administrator
        )
        publish_now(may, to=[audiences.access(agent.pk)])


@transaction.atomic
def _tell_groups() -> None:
    """Who may take what waits, and what websites show of each group, may be another now."""
    order.in_order()
    if Group.objects.exists():
        publish_now(events.Resync(), to=audiences.agents())
    availability.tell()
