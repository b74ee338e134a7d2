"""What the company has chosen for its conversations."""

from django.db import transaction
from django.utils import timezone

from accounts.services import audit
from chat import alarm_kinds, audiences
from chat.models import ChatSettings, Conversation, Lease
from chat.services import order
from companies.services import alarms
from core.realtime.publish import publish
from protocol import events


def current() -> ChatSettings:
    """The company's, or what holds until it chooses."""
    return ChatSettings.objects.first() or ChatSettings()


@transaction.atomic
def change(*, away_after_minutes: int, return_after_seconds: int, left_shown_minutes: int) -> ChatSettings:
    """Choose anew; open workspaces ask again what holds."""
    order.in_order()
    chosen = current()
    changes = audit.apply(
        chosen,
        away_after_minutes=away_after_minutes,
        return_after_seconds=return_after_seconds,
        left_shown_minutes=left_shown_minutes,
    )
    chosen.save()
    audit.record("settings.changed", chosen, changes)
    _look_again()
    publish(events.Resync(), to=audiences.agents())
    return chosen


def _look_again() -> None:
    """What is due now was perhaps not due yet a moment ago: the alarms see."""
    company, now = order.company(), timezone.now()
    there = set(Lease.objects.live(now).values_list("agent_id", flat=True))
    holding = set(Conversation.objects.active().values_list("agent_id", flat=True))
    alarms.set_alarms(company, alarm_kinds.IDLE, map(str, there), now)
    alarms.set_alarms(company, alarm_kinds.RETURN, map(str, holding - there), now)
