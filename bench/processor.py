"""Processor time and memory of processes and of all that they started, from /proc."""

import os
from collections.abc import Iterable
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
# Fields of /proc/<pid>/stat after the name: own user and system time, and that of children it has reaped.
_TIMES = slice(11, 15)


def seconds(pids: Iterable[int]) -> float:
    """What these processes and their living and dead descendants have used since they began."""
    return sum(_ticks(pid) for root in pids for pid in family(root)) / _TICK


def memory(pid: int) -> float:
    """Kilobytes of its own: what is shared with others is counted in parts."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(float(line.split()[1]) for line in lines if line.startswith("Pss:"))


def whole_machine(stat: Path = Path("/proc/stat")) -> float:
    """What all processes of the machine together have used since it started."""
    _name, *fields = stat.read_text().splitlines()[0].split()
    user, nice, system, _idle, _waiting, interrupts, soft_interrupts, *_ = map(int, fields)
    return (user + nice + system + interrupts + soft_interrupts) / _TICK


def family(pid: int) -> list[int]:
    """The process and its descendants."""
    found = [pid]
    for member in found:
        found.extend(_children(member))
    return found


def ticks(stat: str) -> int:
    """The four times in a line of /proc/<pid>/stat; the name in it may hold anything, brackets included."""
    return sum(map(int, stat.rpartition(")")[2].split()[_TIMES]))


def _ticks(pid: int) -> int:
    try:
        return ticks(Path(f"/proc/{pid}/stat").read_text())
    except (FileNotFoundError, ProcessLookupError):
        # It ended between two looks; from now on its parent's times hold it.
        return 0


def _children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []
