"""What the website shows: online, busy or offline."""

from accounts.capabilities import Capability
from accounts.models import Agent
from chat import audiences
from chat.models import Lease, Presence
from core.realtime.publish import publish_now
from protocol import events, payloads


def current() -> payloads.Availability:
    """Online if one agent who can take chats is online; else busy if one is busy; else offline.

    Who is away, chosen or for want of activity, or invisible does not count.
    """
    there = Agent.objects.active().who_may(Capability.TAKE_CHATS).filter(leases__in=Lease.objects.live())
    there = there.filter(presence__idle_since__isnull=True)
    statuses = set(there.values_list("presence__status", flat=True))
    if Presence.Status.ONLINE in statuses:
        return "online"
    return "busy" if Presence.Status.BUSY in statuses else "offline"


def tell() -> None:
    """Tell every open page of the website at once."""
    publish_now(events.AvailabilityChanged(availability=current()), to=[audiences.site()])
