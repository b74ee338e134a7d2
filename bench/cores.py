"""Which processor core runs what: a pair of runs is comparable only where both have the same machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

_ALLOWED = sorted(os.sched_getaffinity(0))
#: Our server processes and Valkey on one core; PostgreSQL and the load generator on another.
SERVERS = _ALLOWED[0]
REST = _ALLOWED[-1]


@contextmanager
def pinned(core: int) -> Iterator[None]:
    """Processes started inside run on this core, and so do all that they start."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def layout() -> str:
    """For the note: who shares a core with whom."""
    if SERVERS == REST:
        return "everything on the only core"
    return "both server processes and Valkey on one core, PostgreSQL and the generator on another"
