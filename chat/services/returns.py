"""Conversations whose agent is gone go back to the line, at their old place."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import Agent
from chat import alarm_kinds, lists, log
from chat.models import Conversation, Entry, Lease
from chat.services import order, settings, statuses
from chat.services.statuses import Status
from companies.services import alarms


@transaction.atomic
def give_back(agent: Agent) -> list[Conversation]:
    """The line is by when each was requested, so nobody overtakes them."""
    held = (
        Conversation.objects.active()
        .of(agent)
        .select_related("visitor")
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    return [_return(conversation, agent) for conversation in held]


def _return(conversation: Conversation, agent: Agent) -> Conversation:
    conversation.agent = conversation.accepted_at = None
    conversation.state = Conversation.State.WAITING
    conversation.save(update_fields=["agent", "accepted_at", "state"])
    log.append(conversation, Entry.Kind.RETURNED, Entry.Side.SYSTEM, by=agent)
    lists.announce(conversation)
    return conversation


def watch(agent: Agent) -> None:
    """Who accepts with the last breath of a connection must not keep the conversation for ever."""
    if not Lease.objects.live().filter(agent=agent).exists():
        alarms.set_alarm(order.company(), alarm_kinds.RETURN, str(agent.pk), timezone.now() + _after())


def watch_all(gone: Mapping[int, datetime.datetime]) -> None:
    """These agents are gone since then: what they hold goes back later."""
    held = Conversation.objects.active().filter(agent__in=gone).values_list("agent_id", flat=True)
    after = _after()
    due = {str(pk): gone[pk] + after for pk in set(held) if pk is not None}
    if due:
        alarms.set_each(order.company(), alarm_kinds.RETURN, due)


@transaction.atomic
def look(agent_id: str) -> datetime.datetime | None:
    """The alarm's handler: give back unless the agent has come back, or may still come in time."""
    order.in_order()
    agent = Agent.objects.select_related("role").filter(pk=agent_id).first()
    if agent is None:
        return None
    state = statuses.of([agent])[agent.pk]
    if state.status != Status.OFFLINE:
        return None
    due = (state.since or timezone.now() - _after()) + _after()
    if due > timezone.now():
        return due
    give_back(agent)
    return None


def _after() -> datetime.timedelta:
    return datetime.timedelta(seconds=settings.current().return_after_seconds)
