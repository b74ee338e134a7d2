"""Presence is a lease: a connection renews it, and when the last one lapses the agent is offline."""

import datetime
import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.conf import settings as django_settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Agent
from chat import alarm_kinds, audiences, dismissals, errors, payloads
from chat.models import Conversation, Lease, Presence
from chat.services import availability, idleness, order, periods, returns, settings, statuses
from chat.services.periods import Change
from chat.services.statuses import Reason
from companies.services import alarms
from core.errors import Forbidden
from core.realtime.publish import publish, publish_now
from core.tenancy import context
from protocol import events

#: The alarm rings a moment after the lease's end, so that it finds it over.
_AFTER = datetime.timedelta(seconds=1)


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
    order.in_order()
    agents = {arrival.agent.pk: arrival.agent for arrival in arrivals}
    # Who had been gone for a moment that nobody has noted yet was gone all the same.
    periods.settle(agents)
    _begin_leases(arrivals)
    _bring_presences(agents)
    _follow_up(periods.settle(agents))


def _begin_leases(arrivals: Collection[Arrival]) -> None:
    expires_at = _lease_end()
    leases = [
        Lease(pk=one.lease_id, agent=one.agent, session=one.session, expires_at=expires_at)
        for one in arrivals
    ]
    Lease.objects.bulk_create(
        leases, update_conflicts=True, unique_fields=["id"], update_fields=["agent", "session", "expires_at"]
    )
    subjects = {str(one.agent.pk) for one in arrivals}
    alarms.set_alarms(order.company(), alarm_kinds.LEASE, subjects, expires_at + _AFTER)


def _bring_presences(agents: Mapping[int, Agent]) -> None:
    """Signing in is doing something; coming back by itself, after a night perhaps, is not."""
    firsts = [Presence(agent=agent, status=statuses.first(agent)) for agent in agents.values()]
    Presence.objects.bulk_create(firsts, ignore_conflicts=True)
    idleness.wake(idleness.note({pk: agent.last_login for pk, agent in agents.items() if agent.last_login}))
    presences = list(Presence.objects.filter(agent__in=agents))
    idleness.fall_asleep(presences)
    idleness.watch(presences)


def disconnect(agent: Agent, lease_id: uuid.UUID) -> None:
    """A connection is gone; the agent stays for a short grace, for a reload or another page."""
    disconnect_all({lease_id: agent.pk})


@transaction.atomic
def disconnect_all(gone: Mapping[uuid.UUID, int]) -> None:
    """Connections are gone: leases by id, with the agent each belongs to."""
    order.in_order()
    expires_at = timezone.now() + datetime.timedelta(seconds=django_settings.LEASE_GRACE_SECONDS)
    Lease.objects.filter(pk__in=gone).update(expires_at=expires_at)
    subjects = map(str, set(gone.values()))
    alarms.set_alarms(order.company(), alarm_kinds.LEASE, subjects, expires_at + _AFTER)


@transaction.atomic
def sign_out(agent: Agent, session: str) -> None:
    """The agent has said good-bye: no grace for the connections of that sign-in."""
    order.in_order()
    Lease.objects.filter(agent=agent, session=session).delete()
    _take_leave(agent)


@transaction.atomic
def dismiss(agent: Agent, reason: dismissals.Reason = "signed_out", *, but: Collection[str] = ()) -> None:
    """Somebody who may no longer be here: as signing out everywhere, but for one sign-in that stays."""
    order.in_order()
    send_out(agent, reason, but=but)
    Lease.objects.filter(agent=agent).exclude(session__in=but).delete()
    _take_leave(agent)


def send_out(agent: Agent, reason: dismissals.Reason, *, but: Collection[str] = ()) -> None:
    """Close an agent's sockets, also those that only look on; what they hold stays theirs for the usual grace."""
    publish(dismissals.Dismissed(reason=reason, but=frozenset(but)), to=[audiences.dismissals(agent.pk)])


def _take_leave(agent: Agent) -> None:
    _follow_up(periods.settle({agent.pk: agent}, gone=Reason.SIGNED_OUT))
    if not Lease.objects.live().filter(agent=agent).exists():
        # Also what was held since a connection was lost.
        returns.give_back(agent)


def end_session(session: str) -> None:
    """Close the sockets of a sign-in that is over."""
    publish(events.SessionEnded(reason="signed_out"), to=[audiences.session(session)])


def move_session(agent: Agent, session: str) -> None:
    """Have the sockets of a sign-in come again: by the key it has now, or since what they may hear is another."""
    publish(dismissals.Renewed(session=session), to=[audiences.dismissals(agent.pk)])


def renew(lease_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """These connections live; returns those whose lease had been given up meanwhile."""
    Lease.objects.filter(pk__in=lease_ids).update(expires_at=_lease_end())
    return set(lease_ids) - set(Lease.objects.filter(pk__in=lease_ids).values_list("pk", flat=True))


@transaction.atomic
def set_status(agent: Agent, status: str) -> None:
    """Choose one's own; whoever holds conversations cannot vanish from their visitors."""
    if not statuses.may_be(agent, status):
        raise Forbidden
    order.in_order()
    now = timezone.now()
    presence, _ = Presence.objects.update_or_create(
        agent=agent, defaults={"status": status, "changed_at": now, "active_at": now, "idle_since": None}
    )
    if status == Presence.Status.INVISIBLE and Conversation.objects.active().of(agent).exists():
        raise errors.HoldsConversations
    idleness.watch([presence])
    _follow_up(periods.settle({agent.pk: agent}))


@transaction.atomic
def set_away_after(agent: Agent, minutes: int | None) -> None:
    """Become away after so many minutes of one's own, at most those of the company; None: as it says."""
    most = settings.current().away_after_minutes
    if minutes and most and minutes > most:
        raise errors.AwayAfterTooLong(minutes=most)
    order.in_order()
    presence, _ = Presence.objects.update_or_create(agent=agent, defaults={"away_after_minutes": minutes})
    idleness.watch([presence])


def note_active(moments: Mapping[int, datetime.datetime]) -> None:
    """Agents have done something at these moments: who was idle has the status from before again."""
    idle = idleness.note(moments)
    if idle:
        _wake(idle)


@transaction.atomic
def _wake(idle: Collection[int]) -> None:
    order.in_order()
    woken = idleness.wake(idle)
    idleness.watch(woken)
    _settle_all(presence.agent_id for presence in woken)


@transaction.atomic
def look_whether_idle(agent_id: str) -> datetime.datetime | None:
    """The alarm's handler: away if nothing was done for too long, else come again when that would be."""
    order.in_order()
    there = Presence.objects.filter(pk=int(agent_id), agent__leases__in=Lease.objects.live()).distinct()
    for presence in there:
        due = idleness.due(presence, settings.current().away_after_minutes)
        if due is None or due > timezone.now():
            return due
        idleness.fall_asleep([presence])
        _settle_all([presence.pk])
    return None


@transaction.atomic
def look_after(agent_id: str) -> datetime.datetime | None:
    """The alarm's handler: tell everyone if the last lease has lapsed, else come again when it would."""
    order.in_order()
    leases = Lease.objects.filter(agent_id=int(agent_id))
    lasting = leases.live().order_by("-expires_at").first()
    _settle_all([int(agent_id)])
    leases.filter(expires_at__lte=timezone.now()).delete()
    return lasting.expires_at + _AFTER if lasting else None


def look_again(agents: Mapping[int, Agent]) -> None:
    """What these may be, or are called, is another now: status and name are told, invisible ones as ever."""
    with transaction.atomic():
        order.in_order()
        _follow_up(periods.settle(agents))
    with transaction.atomic():
        order.in_order()
        for to_administrators, channel in (
            (True, audiences.administrators()),
            (False, audiences.colleagues()),
        ):
            for one in statuses.listed(to_administrators=to_administrators, among=agents):
                publish_now(events.AgentChanged(agent=one), to=[channel])


def _settle_all(agents: Iterable[int]) -> None:
    found = Agent.objects.select_related("role").in_bulk(list(agents))
    _follow_up(periods.settle(found))


def _lease_end() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(seconds=django_settings.LEASE_SECONDS)


def _follow_up(changes: Collection[Change]) -> None:
    """What a change of status brings with it."""
    gone = {one.agent.pk: one.now.since for one in changes if one.has_gone and one.now.since}
    if gone:
        # Whoever is accepting a conversation just now has done so, or will find that they are gone.
        list(Presence.objects.select_for_update(no_key=True).filter(agent__in=gone).order_by("pk"))
        returns.watch_all(gone)
    _announce(changes)


def _announce(changes: Collection[Change]) -> None:
    """Tell colleagues and websites after the commit."""
    if changes:
        place = context.place()
        transaction.on_commit(lambda: _tell(place, changes), robust=True)


def _tell(place: context.Place, changes: Collection[Change]) -> None:
    """What is true now, one telling after another: another change may have been told since the commit."""
    among = [change.agent.pk for change in changes]
    with context.entered(place.schema, place.tenant), transaction.atomic():
        order.in_order()
        true = {one.id: one for one in statuses.listed(to_administrators=True, among=among)}
        seen = {one.id: one for one in statuses.listed(to_administrators=False, among=among)}
        for change in changes:
            gone = payloads.of_agent(change.agent, "offline")
            told = events.AgentChanged(agent=true.get(change.agent.pk, gone))
            shown = events.AgentChanged(agent=seen.get(change.agent.pk, gone))
            _tell_one(change, told, shown)
        if any(change.is_seen_by_all for change in changes):
            availability.tell()


def _tell_one(change: Change, told: events.AgentChanged, shown: events.AgentChanged) -> None:
    """Nothing at all to those who are not to notice, not even when something happened."""
    if not change.is_seen_by_all:
        publish_now(told, to=[audiences.administrators()])
    elif told == shown:
        publish_now(told, to=[audiences.administrators(), audiences.colleagues()])
    else:
        publish_now(told, to=[audiences.administrators()])
        publish_now(shown, to=[audiences.colleagues()])
