"""Who an agent's socket is, and what it may hear, by the rows as they are now."""

from collections.abc import Iterator
from typing import NamedTuple

from accounts import see_as, visiting
from accounts.capabilities import Capability
from accounts.models import Agent
from accounts.services import operator_visits, socket_tokens
from chat import audiences, register
from companies.models import Company
from core import compiled
from core.errors import Forbidden

_AGENT = compiled.Query(
    lambda: Agent.objects.active().with_groups().select_related("role").filter(pk=compiled.Slot("pk"))
)


class Rights(NamedTuple):
    """What a socket may hear was decided by these."""

    capabilities: frozenset[str]
    channels: frozenset[str]


def of(company: Company, identity: socket_tokens.SocketIdentity, address: str) -> tuple[Agent, Rights]:
    """Raises Forbidden where the sign-in holds no more."""
    agent = agent_of(identity)
    # No lease of theirs is renewed, which is where others are asked for.
    if identity.seen_as and not register.living([register.Held(company, agent, identity.session, address)]):
        raise Forbidden
    return agent, Rights(frozenset(agent.capabilities), frozenset(_channels(agent)))


def agent_of(identity: socket_tokens.SocketIdentity) -> Agent:
    """With role and groups, or an operator on a visit; raises Forbidden where there is none."""
    if identity.visit:
        visit = operator_visits.find(identity.visit, identity.company_id)
        if visit is None:
            raise Forbidden
        return visiting.agent(visit)
    agent = _AGENT.first(pk=identity.agent_pk)
    if agent is None:
        raise Forbidden
    if identity.seen_as and see_as.put_on(agent, identity.seen_as).seen_as is None:
        # The role is gone, or the agent is no administrator any more.
        raise Forbidden
    return agent


def _channels(agent: Agent) -> Iterator[str]:
    yield audiences.administrators() if agent.is_administrator else audiences.colleagues()
    if not agent.can(Capability.TAKE_CHATS):
        yield audiences.others()
        return
    yield audiences.takers()
    yield from map(audiences.group, agent.group_pks)
