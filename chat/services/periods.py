"""Writes down each change of a true status, in the transaction that causes it."""

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from django.utils import timezone

from accounts.models import Agent
from chat.models import StatusPeriod
from chat.services import statuses
from chat.services.statuses import HIDDEN, Reason, State, Status


class Change(NamedTuple):
    """An agent's true status is another one now."""

    agent: Agent
    before: str
    now: State

    @property
    def is_seen_by_all(self) -> bool:
        """False while to colleagues and visitors the administrator was, and stays, offline."""
        return not (self.before in HIDDEN and self.now.status in HIDDEN)

    @property
    def has_gone(self) -> bool:
        return self.now.status == Status.OFFLINE


def settle(agents: Mapping[int, Agent], *, gone: str = Reason.LOST) -> list[Change]:
    """Compare what is true with what was noted last, and note what has changed. Who is offline now is so for
    the reason given."""
    noted = StatusPeriod.objects.lasting_of(agents)
    changes = []
    for pk, state in statuses.of(agents.values(), noted).items():
        period = noted.get(pk)
        if not _is_noted(period, state):
            before = period.status if period else Status.OFFLINE
            changes.append(Change(agents[pk], before, _dated(state, period, gone)))
    _write(changes, noted)
    return changes


def _is_noted(period: StatusPeriod | None, state: State) -> bool:
    if period is None:
        return state.status == Status.OFFLINE
    if period.status != state.status:
        return False
    return period.reason == state.reason or state.status == Status.OFFLINE


def _dated(state: State, period: StatusPeriod | None, gone: str) -> State:
    """Never before the one that it follows, however the clocks of two machines differ."""
    since, reason = state.since or timezone.now(), state.reason
    if state.status == Status.OFFLINE and gone != Reason.LOST:
        # Said good-bye: that moment counts, not the end of a lease that is no more.
        since, reason = timezone.now(), gone
    return State(state.status, reason, max(since, period.began_at) if period else since)


def _write(changes: list[Change], noted: Mapping[int, StatusPeriod]) -> None:
    ending: dict[datetime.datetime, list[int]] = {}
    for change in changes:
        if change.agent.pk in noted:
            ending.setdefault(_since(change), []).append(noted[change.agent.pk].pk)
    for moment, periods in ending.items():
        StatusPeriod.objects.filter(pk__in=periods).update(ended_at=moment)
    StatusPeriod.objects.bulk_create(
        StatusPeriod(
            agent=change.agent, status=change.now.status, reason=change.now.reason, began_at=_since(change)
        )
        for change in changes
    )


def _since(change: Change) -> datetime.datetime:
    assert change.now.since is not None
    return change.now.since
