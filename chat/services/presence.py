"""Presence is a lease: a connection renews it, and when the last one lapses the agent is offline."""

import datetime
import uuid
from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from accounts.capabilities import Capability
from accounts.models import Agent
from chat import audiences, payloads
from chat.models import Lease, Presence
from chat.services import availability
from companies.models import Company
from companies.services import alarms
from core.realtime.publish import publish, publish_now
from core.tenancy import context
from protocol import events
from protocol import payloads as frames

#: The alarm that looks whether an agent is still there.
LEASE_ALARM = "chat.lease"
#: The alarm rings a moment after the lease's end, so that it finds it over.
_AFTER = datetime.timedelta(seconds=1)


def status_of(agent: Agent) -> frames.Status:
    """What colleagues see: the chosen status while a lease lives, else offline."""
    if not Lease.objects.live().filter(agent=agent).exists():
        return "offline"
    chosen = Presence.objects.filter(agent=agent).values_list("status", flat=True).first()
    return chosen or "online"  # type: ignore[return-value]


def statuses() -> list[frames.Agent]:
    """Every active agent with their status, by name."""
    there = set(Lease.objects.live().values_list("agent_id", flat=True))
    chosen = dict(Presence.objects.values_list("agent_id", "status"))
    return [
        payloads.of_agent(agent, chosen.get(agent.pk, "online") if agent.pk in there else "offline")  # type: ignore[arg-type]
        for agent in Agent.objects.active().order_by("name", "pk")
    ]


class Arrival(NamedTuple):
    """A connection of an agent that is there now."""

    agent: Agent
    lease_id: uuid.UUID
    session: str


def connect(agent: Agent, lease_id: uuid.UUID, session: str) -> None:
    """A connection of the agent is there."""
    connect_all([Arrival(agent, lease_id, session)])


@transaction.atomic
def connect_all(arrivals: Collection[Arrival]) -> None:
    """Connections are there, many at once after a restart: the cost is in the statements, not in their rows."""
    _in_order()
    agents = {arrival.agent.pk: arrival.agent for arrival in arrivals}
    there = set(Lease.objects.live().filter(agent__in=agents).values_list("agent_id", flat=True))
    firsts = [Presence(agent=agent, status=_first_status(agent)) for agent in agents.values()]
    Presence.objects.bulk_create(firsts, ignore_conflicts=True)
    expires_at = _lease_end()
    leases = [
        Lease(pk=one.lease_id, agent=one.agent, session=one.session, expires_at=expires_at)
        for one in arrivals
    ]
    Lease.objects.bulk_create(
        leases, update_conflicts=True, unique_fields=["id"], update_fields=["agent", "session", "expires_at"]
    )
    alarms.set_alarms(_company(), LEASE_ALARM, map(str, agents), expires_at + _AFTER)
    _announce(*[agent for pk, agent in agents.items() if pk not in there])


def disconnect(agent: Agent, lease_id: uuid.UUID) -> None:
    """A connection is gone; the agent stays for a short grace, for a reload or another page."""
    disconnect_all({lease_id: agent.pk})


@transaction.atomic
def disconnect_all(gone: Mapping[uuid.UUID, int]) -> None:
    """Connections are gone: leases by id, with the agent each belongs to."""
    _in_order()
    expires_at = timezone.now() + datetime.timedelta(seconds=settings.LEASE_GRACE_SECONDS)
    Lease.objects.filter(pk__in=gone).update(expires_at=expires_at)
    alarms.set_alarms(_company(), LEASE_ALARM, map(str, set(gone.values())), expires_at + _AFTER)


@transaction.atomic
def sign_out(agent: Agent, session: str) -> None:
    """The agent has said good-bye: no grace for the connections of that sign-in."""
    _in_order()
    ended = Lease.objects.filter(agent=agent, session=session).delete()[0]
    # Also where the lease had lapsed: its alarm would find nothing more to tell of.
    if ended and status_of(agent) == "offline":
        _announce(agent)


def end_session(session: str) -> None:
    """Close the sockets of a sign-in that is over."""
    publish(events.SessionEnded(reason="signed_out"), to=[audiences.session(session)])


def renew(lease_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """These connections live; returns those whose lease had been given up meanwhile."""
    Lease.objects.filter(pk__in=lease_ids).update(expires_at=_lease_end())
    return set(lease_ids) - set(Lease.objects.filter(pk__in=lease_ids).values_list("pk", flat=True))


@transaction.atomic
def set_status(agent: Agent, status: str) -> None:
    _in_order()
    before = status_of(agent)
    Presence.objects.update_or_create(agent=agent, defaults={"status": status, "changed_at": timezone.now()})
    _announce_if_changed(agent, before)


@transaction.atomic
def look_after(agent_id: str) -> datetime.datetime | None:
    """The alarm's handler: tell everyone if the last lease has lapsed, else come again when it would."""
    _in_order()
    agent = Agent.objects.filter(pk=agent_id).first()
    if agent is None:
        return None
    lapsed = Lease.objects.filter(agent=agent, expires_at__lte=timezone.now()).delete()[0]
    lasting = Lease.objects.filter(agent=agent).order_by("-expires_at").first()
    if lasting is not None:
        return lasting.expires_at + _AFTER
    if lapsed:
        _announce(agent)
    return None


def _first_status(agent: Agent) -> str:
    """Who cannot take chats can only be away."""
    return Presence.Status.ONLINE if agent.can(Capability.TAKE_CHATS) else Presence.Status.AWAY


def _in_order() -> None:
    """One change of presence, or telling of it, after another in each company: what is told last is true."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{context.schema()}:presence"])


def _lease_end() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(seconds=settings.LEASE_SECONDS)


def _company() -> Company:
    company = context.place().tenant
    if not isinstance(company, Company):
        raise RuntimeError("Presence is changed inside a company.")
    return company


def _announce_if_changed(agent: Agent, before: frames.Status) -> None:
    if status_of(agent) != before:
        _announce(agent)


def _announce(*agents: Agent) -> None:
    """Tell colleagues and websites after the commit."""
    if agents:
        place = context.place()
        transaction.on_commit(lambda: _tell(place, agents), robust=True)


def _tell(place: context.Place, agents: Collection[Agent]) -> None:
    """What is true now, one telling after another: another change may have been told since the commit."""
    with context.entered(place.schema, place.tenant), transaction.atomic():
        _in_order()
        there = {one.id: one for one in statuses()}
        for agent in agents:
            told = there.get(agent.pk) or payloads.of_agent(agent, "offline")
            publish_now(events.AgentChanged(agent=told), to=audiences.agents())
        availability.tell()
