"""Who is there, and as whom others see them. Only administrators see who is invisible: to everybody else that
is having signed out, at the moment it was chosen.
"""

import datetime
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.db.models import Max, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.capabilities import Capability
from accounts.models import Agent
from chat import payloads
from chat.models import Lease, Presence, StatusPeriod
from protocol import payloads as frames

Status, Reason = StatusPeriod.Status, StatusPeriod.Reason

#: To whoever is not an administrator these are one and the same.
HIDDEN = (Status.INVISIBLE, Status.OFFLINE)


class State(NamedTuple):
    """A status, why, and since when."""

    status: str
    reason: str
    since: datetime.datetime | None


NEVER_THERE = State(Status.OFFLINE, Reason.SIGNED_OUT, None)


def of(agents: Iterable[Agent], noted: Mapping[int, StatusPeriod] | None = None) -> dict[int, State]:
    """The true state of each: told by leases and by what they chose, even where nobody has noted it yet.

    `noted`: the periods they are in, where they are known.
    """
    by_pk = {agent.pk: agent for agent in agents}
    now = timezone.now()
    presences = Presence.objects.in_bulk(list(by_pk))
    ends = dict(Lease.objects.filter(agent__in=by_pk).values_list("agent_id").annotate(Max("expires_at")))
    periods = StatusPeriod.objects.lasting_of(by_pk) if noted is None else noted
    return {
        pk: _there(agent, presences.get(pk), periods.get(pk), now)
        if pk in ends and ends[pk] > now
        else _gone(ends.get(pk, now), periods.get(pk))
        for pk, agent in by_pk.items()
    }


def seen_by(agent: Agent) -> list[frames.Agent]:
    """Every active agent as this one sees them, by name."""
    return listed(to_administrators=agent.is_administrator)


def listed(*, to_administrators: bool, among: Collection[int] | None = None) -> list[frames.Agent]:
    """Active agents by name, all or some, as administrators or as everybody else sees them."""
    agents = Agent.objects.active().select_related("role").order_by("name", "pk")
    if among is not None:
        agents = agents.filter(pk__in=among)
    states = of(agents)
    if not to_administrators:
        states |= _disguised({agent.pk: states[agent.pk] for agent in agents if agent.is_administrator})
    return [payloads.of_agent(agent, *states[agent.pk]) for agent in agents]


def _there(
    agent: Agent, presence: Presence | None, period: StatusPeriod | None, now: datetime.datetime
) -> State:
    status, reason = _effective(agent, presence)
    if period is not None and (period.status, period.reason) == (status, reason):
        return State(status, reason, period.began_at)
    return State(status, reason, now)


def _gone(lease_end: datetime.datetime, period: StatusPeriod | None) -> State:
    if period is None:
        return NEVER_THERE
    if period.status == Status.OFFLINE:
        return State(period.status, period.reason, period.began_at)
    return State(Status.OFFLINE, Reason.LOST, lease_end)


def _effective(agent: Agent, presence: Presence | None) -> tuple[str, str]:
    chosen = presence.status if presence else first(agent)
    if not may_be(agent, chosen):
        return Status.AWAY, Reason.CHOSEN
    if presence and presence.idle_since and presence.may_become_idle:
        return Status.AWAY, Reason.IDLE
    return chosen, Reason.CHOSEN


def first(agent: Agent) -> str:
    """The status of whoever has never chosen one."""
    return Presence.Status.ONLINE if agent.can(Capability.TAKE_CHATS) else Presence.Status.AWAY


def may_be(agent: Agent, status: str) -> bool:
    """Invisible is for administrators, and who cannot take chats can only be away."""
    if status == Presence.Status.INVISIBLE:
        return agent.is_administrator
    return status == Presence.Status.AWAY or agent.can(Capability.TAKE_CHATS)


def _disguised(states: dict[int, State]) -> dict[int, State]:
    """Administrators who are not to be seen, as if each had signed out when they were seen last."""
    hidden = {pk: state for pk, state in states.items() if state.status in HIDDEN}
    last_seen = _last_seen(hidden)
    since = _periods_after(last_seen)
    return {
        pk: _as_offline(state, since.get(pk)) if pk in last_seen else NEVER_THERE
        for pk, state in hidden.items()
    }


def _as_offline(state: State, period: StatusPeriod | None) -> State:
    if period is None:
        # The connection has lapsed just now, and nobody has noted it yet.
        return state
    reason = Reason.SIGNED_OUT if period.status == Status.INVISIBLE else period.reason
    return State(Status.OFFLINE, reason, period.began_at)


def _last_seen(agents: Collection[int]) -> dict[int, int]:
    """The newest period in which everybody saw each; missing who was never seen."""
    newest = StatusPeriod.objects.filter(agent=OuterRef("pk")).exclude(status__in=HIDDEN)
    seen = Subquery(newest.order_by("-began_at", "-pk").values("pk")[:1])
    found = Agent.objects.filter(pk__in=agents).annotate(seen=seen).exclude(seen=None)
    return dict(found.values_list("pk", "seen"))


def _periods_after(last_seen: dict[int, int]) -> dict[int, StatusPeriod]:
    """The period that followed each: from then on they are not to be seen."""
    following = Q()
    for agent, period in last_seen.items():
        following |= Q(agent=agent, pk__gt=period)
    found = StatusPeriod.objects.filter(following).order_by("-pk") if last_seen else []
    return {period.agent_id: period for period in found}
