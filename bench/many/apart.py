"""Measurements in a process of their own, beside stores of their own: Django belongs to one database for good."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from bench import cores, layout, processor

#: Where a measurement finds the process of PostgreSQL, to tell what it used.
POSTGRES_PID = "BENCH_POSTGRES_PID"


class Apart:
    """`python -m bench.many.<name>`: reads a line of words, answers with a line of JSON."""

    def __init__(self, child: subprocess.Popen[str]) -> None:
        self._child = child

    def ask(self, *words: object) -> Any:
        assert self._child.stdin
        assert self._child.stdout
        print(*words, file=self._child.stdin, flush=True)
        answer = self._child.stdout.readline()
        if not answer:
            raise RuntimeError(f"A measurement ended with {self._child.wait()}.")
        return json.loads(answer)


@contextlib.contextmanager
def started(name: str) -> Iterator[Apart]:
    with layout.stack(layout.folder(), name) as stack:
        assert stack.postgres.child
        settings = {
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
            POSTGRES_PID: str(stack.postgres.child.pid),
        }
        with cores.pinned(cores.SERVERS):
            child = subprocess.Popen(
                [sys.executable, "-m", f"bench.many.{name}"],
                env=os.environ | stack.environment | settings,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        try:
            yield Apart(child)
        finally:
            # The end of its input is the end of its work.
            child.communicate(timeout=60)


def busy(before: float, seconds: float) -> str:
    """How many cores were busy in this time, with everything; for a note."""
    return f"all programs together {(processor.whole_machine() - before) / seconds:.1f} cores"
