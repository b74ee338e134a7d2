"""Bringing the schemas of companies up to date: a few at a time, each recorded, none stopped by another's trouble.

Killed at any moment it can be run again: who is behind is asked of the schemas, never of the records.
"""

import contextlib
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import NamedTuple

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from companies import errors
from companies.models import Company, SchemaUpdate
from companies.services.migrations import Behind

State = SchemaUpdate.State
#: Any number will do; it must only be the same everywhere.
_LOCK = 0x5061726C6579


class Outcome(NamedTuple):
    schema: str
    #: One line; empty where all is well.
    error: str
    seconds: float


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Nobody else migrates meanwhile. A killed run gives the lock back: it belongs to its connection."""
    holder = connection.copy()
    try:
        with holder.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                raise errors.AlreadyMigrating
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    finally:
        holder.close()


def settle_interrupted(behind: Iterable[Behind]) -> None:
    """What a killed run left as running: done where the schema has arrived after all. Only while `alone`."""
    schemas = [one.schema for one in behind]
    left = SchemaUpdate.objects.filter(state=State.RUNNING)
    left.filter(company__schema_name__in=schemas).update(state=State.INTERRUPTED)
    left.update(state=State.DONE, finished_at=timezone.now())


def migrate_public() -> None:
    call_command("migrate_schemas", shared=True, verbosity=0)


def migrate_all(behind: list[Behind], parallel: int) -> Iterator[Outcome]:
    """Migrate each, so many at the same time; tells of each as it ends."""
    with ThreadPoolExecutor(parallel, thread_name_prefix="migrate") as pool:
        under_way = [pool.submit(_migrate, one) for one in behind]
        try:
            for done in as_completed(under_way):
                yield done.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _migrate(behind: Behind) -> Outcome:
    """In a thread, and so on a connection, of its own."""
    began = time.monotonic()
    error = ""
    try:
        update = _record(behind)
        error = _attempt(behind.schema)
        update.state = State.FAILED if error else State.DONE
        update.error, update.finished_at = error, timezone.now()
        update.save()
    except Exception as trouble:
        # The record could not be written, such as for a company that was deleted meanwhile.
        error = error or _line(trouble)
    finally:
        connection.close()
    return Outcome(behind.schema, error, time.monotonic() - began)


def _record(behind: Behind) -> SchemaUpdate:
    company = Company.objects.get(schema_name=behind.schema)
    update = SchemaUpdate(
        company=company,
        state=State.RUNNING,
        began_from=behind.begins_from,
        leads_to=behind.leads_to,
        started_at=timezone.now(),
    )
    update.save()
    return update


def _attempt(schema: str) -> str:
    try:
        call_command("migrate_schemas", schema_name=schema, verbosity=0)
    except Exception as trouble:
        return _line(trouble)
    finally:
        # A migration that failed leaves the thread in its company.
        connection.set_schema_to_public()  # type: ignore[attr-defined]
    return ""


def _line(trouble: Exception) -> str:
    return " ".join(f"{type(trouble).__name__}: {trouble}".split())[:500]
