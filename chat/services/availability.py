"""What the website shows: online, busy or offline."""

from django.db import transaction

from accounts.capabilities import Capability
from accounts.models import Agent
from chat import audiences
from chat.models import Lease, Presence
from chat.services import order
from companies.models import Company
from core.realtime.publish import publish_now
from core.tenancy import context
from protocol import events, payloads


def current() -> payloads.Availability:
    """Online if one agent who can take chats is online; else busy if one is busy; else offline.

    Who is away, chosen or for want of activity, or invisible does not count. A company that is closed, as after
    its trial, is offline.
    """
    if not _is_open():
        return "offline"
    there = Agent.objects.active().who_may(Capability.TAKE_CHATS).filter(leases__in=Lease.objects.live())
    there = there.filter(presence__idle_since__isnull=True)
    statuses = set(there.values_list("presence__status", flat=True))
    if Presence.Status.ONLINE in statuses:
        return "online"
    return "busy" if Presence.Status.BUSY in statuses else "offline"


def _is_open() -> bool:
    """By the row: whoever has come into the company may hold one from before."""
    return Company.objects.get(schema_name=context.schema()).closure is None


def tell() -> None:
    """Tell every open page of the website at once."""
    publish_now(events.AvailabilityChanged(availability=current()), to=[audiences.site()])


def tell_once_committed() -> None:
    """In turn with what presence tells, so that what is told last is true."""
    place = context.place()

    def tell_there() -> None:
        with context.entered(place.schema, place.tenant), transaction.atomic():
            order.in_order()
            tell()

    transaction.on_commit(tell_there, robust=True)
