"""Who does nothing for a while becomes away. The server decides: a browser that froze cannot say so."""

import datetime
from collections.abc import Collection, Iterable, Mapping

from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from chat import alarm_kinds
from chat.models import Presence
from chat.services import order, settings
from companies.services import alarms

# Locked in one order, so that two processes never wait for each other in a circle.
_MOVE = """
WITH noted AS (
    SELECT * FROM unnest(%s::bigint[], %s::timestamptz[]) AS n (agent_id, at)
), locked AS (
    SELECT agent_id FROM chat_presence WHERE agent_id = ANY (%s) ORDER BY agent_id FOR NO KEY UPDATE
)
UPDATE chat_presence p SET active_at = noted.at
FROM noted JOIN locked USING (agent_id)
WHERE p.agent_id = noted.agent_id AND p.active_at < noted.at
RETURNING p.agent_id, p.idle_since IS NOT NULL
"""


def limit(presence: Presence, company_minutes: int) -> datetime.timedelta | None:
    """How long one may do nothing: as oneself has chosen, but never longer than the company says; or for ever."""
    chosen = [minutes for minutes in (presence.away_after_minutes, company_minutes) if minutes]
    return datetime.timedelta(minutes=min(chosen)) if chosen else None


def due(presence: Presence, company_minutes: int) -> datetime.datetime | None:
    """When to count as idle; None for never."""
    lasts = limit(presence, company_minutes)
    if lasts is None or not presence.may_become_idle or presence.idle_since:
        return None
    return presence.active_at + lasts + _in_hand()


def _in_hand() -> datetime.timedelta:
    """The newest activity may still be kept by a process, which tells of it when it renews its leases."""
    return datetime.timedelta(seconds=django_settings.LEASE_SECONDS / 4 + 5)


def watch(presences: Iterable[Presence]) -> None:
    """Set the alarms that look whether they still do something."""
    minutes = settings.current().away_after_minutes
    wanted = {str(one.pk): at for one in presences if (at := due(one, minutes))}
    if wanted:
        alarms.set_each(order.company(), alarm_kinds.IDLE, wanted)


def note(moments: Mapping[int, datetime.datetime]) -> set[int]:
    """Agents have done something at these moments; returns those who count as idle so far."""
    if not moments:
        return set()
    agents = sorted(moments)
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [agents, [moments[agent] for agent in agents], agents])
        return {agent for agent, is_idle in cursor.fetchall() if is_idle}


def wake(agents: Collection[int]) -> list[Presence]:
    """Those of them who have done something lately count as idle no more."""
    minutes, now = settings.current().away_after_minutes, timezone.now()
    woken = [
        one
        for one in Presence.objects.filter(agent__in=agents, idle_since__isnull=False)
        if (lasts := limit(one, minutes)) is None or one.active_at + lasts > now
    ]
    for presence in woken:
        presence.idle_since = None
    Presence.objects.bulk_update(woken, ["idle_since"])
    return woken


def fall_asleep(presences: Iterable[Presence]) -> None:
    """Those who have done nothing for too long count as idle from now on."""
    minutes, now = settings.current().away_after_minutes, timezone.now()
    for presence in presences:
        if (at := due(presence, minutes)) and at <= now:
            presence.idle_since = now
            presence.save(update_fields=["idle_since"])
