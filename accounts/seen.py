"""When a sign-in was last of use: noted once a minute by each process, not with each request."""

import time
from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone

from accounts.models import SignIn
from core.tenancy import context

_PAUSE = 60.0
#: How many sessions are remembered; when there are more, all are noted anew.
_MOST = 20_000
#: By schema and session key: when this process noted it.
_noted: dict[tuple[str, str], float] = {}


def note(session_keys: Collection[str]) -> None:
    """These sessions of the company one is in are of use just now."""
    due = [key for key in session_keys if _is_due(key)]
    if due:
        now = timezone.now()
        # Another process may have been faster: no row is written twice a minute.
        lately = now - timedelta(seconds=_PAUSE * 0.9)
        SignIn.objects.filter(session_key__in=due, seen_at__lt=lately).update(seen_at=now)


def _is_due(session_key: str) -> bool:
    now, name = time.monotonic(), (context.schema(), session_key)
    if now - _noted.get(name, -_PAUSE) < _PAUSE:
        return False
    if len(_noted) >= _MOST:
        _noted.clear()
    _noted[name] = now
    return True
