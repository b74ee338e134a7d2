"""What the website shows, as a whole and of each group: online, busy or offline."""

from collections import defaultdict
from typing import NamedTuple

from django.db import transaction

from accounts.capabilities import Capability
from accounts.models import Agent, Group
from chat import audiences
from chat.models import Lease, Presence
from chat.services import order
from companies.models import Company
from core.realtime.publish import publish_now
from core.tenancy import context
from protocol import events, payloads


class Shown(NamedTuple):
    """What the website shows of the company, and of those groups of which it shows something else."""

    company: payloads.Availability
    groups: dict[int, payloads.Availability]

    def of(self, group_id: int | None) -> payloads.Availability:
        """As a page with the group's icon shows it; of none, or one that is gone, the company's."""
        return self.company if group_id is None else self.groups.get(group_id, self.company)


def current() -> payloads.Availability:
    """What the website shows of the company."""
    return shown().company


def shown() -> Shown:
    """Online if one agent who can take chats is online; else busy if one is busy; else offline.

    Who is away, chosen or for want of activity, or invisible does not count. A company that is closed, as after
    its trial, is offline. A group in which nobody is left who takes chats shows what the company shows.
    """
    if not _is_open():
        return Shown("offline", {})
    there = Agent.objects.active().who_may(Capability.TAKE_CHATS).filter(leases__in=Lease.objects.live())
    there = there.filter(presence__idle_since__isnull=True)
    statuses = dict(there.values_list("pk", "presence__status"))
    company = _availability(set(statuses.values()))
    of_groups = _of_groups(statuses)
    return Shown(company, {pk: shown for pk, shown in of_groups.items() if shown != company})


def _of_groups(statuses: dict[int, str]) -> dict[int, payloads.Availability]:
    members: dict[int, set[str]] = defaultdict(set)
    rows = Group.agents.through.objects.filter(group__in=Group.objects.staffed())
    for group, agent in rows.values_list("group_id", "agent_id"):
        members[group].add(statuses.get(agent, ""))
    return {group: _availability(there) for group, there in members.items()}


def _availability(statuses: set[str]) -> payloads.Availability:
    if Presence.Status.ONLINE in statuses:
        return "online"
    return "busy" if Presence.Status.BUSY in statuses else "offline"


def _is_open() -> bool:
    """By the row: whoever has come into the company may hold one from before."""
    return Company.objects.get(schema_name=context.schema()).closure is None


def tell() -> None:
    """Tell every open page of the website at once."""
    publish_now(event(shown()), to=[audiences.site()])


def event(told: Shown) -> events.AvailabilityChanged:
    groups = {str(group): availability for group, availability in told.groups.items()}
    return events.AvailabilityChanged(availability=told.company, groups=groups)


def tell_once_committed() -> None:
    """In turn with what presence tells, so that what is told last is true."""
    place = context.place()

    def tell_there() -> None:
        with context.entered(place.schema, place.tenant), transaction.atomic():
            order.in_order()
            tell()

    transaction.on_commit(tell_there, robust=True)
