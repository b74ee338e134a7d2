import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psutil

from core.embedded import processes

LIST = "processes.json"


def write(data: Path, pids: Mapping[str, int]) -> None:
    """For tools: who is who. Replaced whole, so that nobody reads half of it."""
    making = data / f"{LIST}.new"
    making.write_text(json.dumps(pids, indent=1) + "\n")
    making.replace(data / LIST)


def forget(data: Path) -> None:
    (data / LIST).unlink(missing_ok=True)


def leftovers(data: Path) -> list[psutil.Process]:
    """Programs of an earlier run whose supervisor was killed before it could end them."""
    return [process for pid in _read(data / LIST).values() if (process := _ours(pid, data))]


def _ours(pid: int, data: Path) -> psutil.Process | None:
    # A pid may belong to somebody else by now; the data folder in its environment tells.
    try:
        process = psutil.Process(pid)
        ours = processes.is_running(process) and process.environ().get("PARLEY_DATA") == str(data)
    except (psutil.Error, OSError):
        return None
    return process if ours else None


def _read(file: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(file.read_text())
    except (OSError, ValueError):
        return {}
    return found
