"""What attendance writes, in one company at a time: who has come, gone, is still there, and has done something."""

import datetime
import uuid
from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db import transaction

from accounts.models import Agent
from accounts.services import address_rules, sign_in_settings, socket_tokens
from chat.services import order, presence
from companies.models import Company
from core.tenancy import context


class Held(NamedTuple):
    company: Company
    agent: Agent
    session: str
    #: Where the connection comes from.
    address: str = ""


class Change(NamedTuple):
    """A lease to begin or to give up, or news of its agent."""

    held: Held
    lease_id: uuid.UUID
    is_new: bool = False
    is_gone: bool = False
    active_at: datetime.datetime | None = None


def write(company: Company, changes: Collection[Change]) -> set[uuid.UUID]:
    """Returns the leases that could not begin, because the sign-in they belong to is over."""
    come = {change.lease_id: change.held for change in changes if change.is_new}
    gone = {change.lease_id: change.held.agent.pk for change in changes if change.is_gone}
    active: dict[int, datetime.datetime] = {}
    for change in changes:
        if change.active_at:
            newest = active.get(change.held.agent.pk, change.active_at)
            active[change.held.agent.pk] = max(newest, change.active_at)
    with company.entered():
        refused = _connect(come) if come else set()
        presence.note_active(active)
        if gone:
            presence.disconnect_all(gone)
    return refused


@transaction.atomic
def _connect(come: Mapping[uuid.UUID, Held]) -> set[uuid.UUID]:
    # In turn with signing out: a sign-in that is over by then opens nothing, one that ends later ends this.
    order.in_order()
    hold = living(come.values())
    presence.connect_all([_arrival(key, held) for key, held in come.items() if held.session in hold])
    return {key for key, held in come.items() if held.session not in hold}


def renew(company: Company, held: Mapping[uuid.UUID, Held], active: Mapping[int, datetime.datetime]) -> None:
    """The sockets live; those of a sign-in that is over are closed, whatever they have missed."""
    with company.entered():
        presence.note_active(active)
        hold = living(held.values())
        _part_with({one.session: one.agent for one in held.values() if one.session not in hold})
        kept = {key: one for key, one in held.items() if one.session in hold}
        lost = presence.renew(kept.keys())
        if lost:
            # The process stalled, or the database was away, for longer than a lease lasts. What they talked about may
            # be a colleague's by now: they come again, and hear what they may.
            presence.connect_all([_arrival(key, kept[key]) for key in lost])
            for session, agent in {kept[key].session: kept[key].agent for key in lost}.items():
                presence.move_session(agent, session)


def _part_with(over: Mapping[str, Agent]) -> None:
    """Their sockets close; whoever has the key under which their sign-in goes on comes again at once."""
    renewed = socket_tokens.renewed(over)
    for session, agent in over.items():
        if session in renewed:
            presence.move_session(agent, session)
        else:
            presence.sign_out(agent, session)
            presence.end_session(session)


def living(held: Collection[Held]) -> set[str]:
    """Those of these sign-ins that hold: none of them while the company is closed, by its row as it is now, nor from
    where its agents may not be, nor of somebody who has to set up a second step first."""
    if not Company.objects.get(schema_name=context.schema()).is_usable:
        return set()
    rules, lacking = address_rules.networks(), sign_in_settings.lacking([one.agent for one in held])
    out = {
        one.session for one in held if one.agent.pk in lacking or not address_rules.admit(one.address, rules)
    }
    return socket_tokens.living({one.session: one.agent for one in held}) - out


def _arrival(lease_id: uuid.UUID, held: Held) -> presence.Arrival:
    return presence.Arrival(held.agent, lease_id, held.session)
