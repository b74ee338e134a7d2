"""Whether the worker and the clock of this machine live: python -m config.alive worker|beat

Each touches a file of its own while it works, since nobody can ask them anything. It reads no settings, so that
asking twice a minute costs next to nothing.
"""

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

#: Seconds without a sign after which one counts as dead; each gives a sign every second or two.
PATIENCE = 30


def listen() -> None:
    """Give signs of life from now on, if this process is one of the two."""
    from celery import signals

    signals.heartbeat_sent.connect(_worker, weak=False)
    signals.beat_init.connect(_begin_beat, weak=False)


def _worker(**about: Any) -> None:
    file("worker").touch()


def _begin_beat(**about: Any) -> None:
    from celery import signals

    _beat()
    # It hands over a task each second, and does nothing else.
    signals.after_task_publish.connect(_beat, weak=False)


def _beat(**about: Any) -> None:
    file("beat").touch()


def file(name: str) -> Path:
    return Path(tempfile.gettempdir()) / f"parley-{name}.alive"


def main(name: str) -> int:
    try:
        silent = time.time() - file(name).stat().st_mtime
    except FileNotFoundError:
        print(f"There is no sign of the {name}.")  # noqa: T201
        return 1
    if silent > PATIENCE:
        print(f"The {name} has given no sign for {silent:.0f} seconds.")  # noqa: T201
    return int(silent > PATIENCE)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
