"""When and on what a run was made, for the notes."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

from bench import cores


def describe() -> str:
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    count = len(os.sched_getaffinity(0))
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"measured {today} on {count} x {model()}, {system}; {cores.layout()}"


def model(information: Path = Path("/proc/cpuinfo")) -> str:
    """The processor's name; where the kernel tells none, its kind."""
    for line in information.read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()
