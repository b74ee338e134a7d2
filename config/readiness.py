"""Whether this process can do its work now; what is missing, in a sentence each."""

import threading
import time
from collections.abc import Callable

import redis
from django import db
from django.conf import settings

from companies.services import migrations
from core.realtime import roster
from core.tenancy import context

#: Seconds a store may take to answer.
_PATIENCE = 3
_is_migrated = threading.Event()
_asking = threading.Lock()
#: When the stores were asked last, and what was missing.
_last: tuple[float, list[str]] = (float("-inf"), [])


def missing() -> list[str]:
    """Empty when ready. Many who ask at a time are told the same: anybody may ask, as often as they like."""
    global _last
    came_at = time.monotonic()
    if roster.is_moving:
        return ["This process is ending: its sockets move to another one."]
    if not _asking.acquire(timeout=_PATIENCE):
        # One that hangs must not take a thread for each time somebody asks.
        return ["The stores have not answered for some seconds."]
    try:
        if _last[0] < came_at:
            _last = (time.monotonic(), [sentence for check in (_database, _valkey) if (sentence := check())])
        return _last[1]
    finally:
        _asking.release()


def _database() -> str:
    return _said(_ask_database, "The database does not answer.")


def _ask_database() -> str:
    with context.entered(context.PUBLIC), db.connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        # Asked until it is so: migrations don't go back under a process that runs.
        if not _is_migrated.is_set():
            if migrations.public_behind() or migrations.companies_behind():
                return "The database is not migrated: run manage.py migrate_companies."
            _is_migrated.set()
    return ""


def _valkey() -> str:
    return _said(_ask_valkey, "Valkey does not answer.")


def _ask_valkey() -> str:
    options = {"socket_timeout": _PATIENCE, "socket_connect_timeout": _PATIENCE}
    with redis.Redis.from_url(settings.REDIS_URL, **options) as client:
        client.ping()
    return ""


def _said(ask: Callable[[], str], otherwise: str) -> str:
    try:
        return ask()
    except (OSError, db.Error, redis.RedisError):
        return otherwise
    finally:
        # Pages give their connection back by a signal that a probe does not send.
        db.close_old_connections()
