"""What was found: rows for results.json, the bars they must pass, and a table to read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec


class Row(msgspec.Struct, frozen=True):
    """One line of results.json."""

    name: str
    ours: float
    reference: float | None
    ratio: float | None
    unit: str
    note: str


@dataclass(frozen=True)
class AtLeast:
    """The reference must be so many times ours."""

    ratio: float

    def __str__(self) -> str:
        return f"ratio at least {self.ratio:g}"

    def holds(self, row: Row) -> bool:
        return row.ratio is not None and row.ratio >= self.ratio


@dataclass(frozen=True)
class AtMost:
    """Ours may not be more."""

    ours: float

    def __str__(self) -> str:
        return f"ours at most {self.ours:,g}"

    def holds(self, row: Row) -> bool:
        return row.ours <= self.ours


@dataclass(frozen=True)
class Rate:
    """A rate: ours may not be less than this, nor less than so many times the reference."""

    ours: float
    ratio: float

    def __str__(self) -> str:
        return f"ours at least {self.ours:,g}, ratio at least {self.ratio:g}"

    def holds(self, row: Row) -> bool:
        return row.ours >= self.ours and row.ratio is not None and row.ratio >= self.ratio


Bar = AtLeast | AtMost | Rate

BARS: dict[str, Bar] = {
    "relay_cpu": AtLeast(25),
    "relay_cpu_300": AtLeast(3),
    "relay_p99_1000": AtMost(20),
    "stall_p99": AtMost(5),
    "loader_bytes": AtMost(8_192),
    "window_bytes": AtMost(40_960),
    "board_cpu_10k": AtLeast(30),
    "broadcast_cpu_500": AtLeast(10),
    "rooms_growth": AtMost(1.2),
    "socket_memory": AtMost(25),
    "connect_rate": Rate(1_200, 3),
    "resume_1000": AtMost(5),
    "beacon_cpu": AtLeast(40),
    "http_page": AtLeast(3),
    "companies_growth": AtMost(1.5),
    "history_growth": AtMost(1.5),
    "company_create": AtMost(1.5),
    "migrate_noop_300": AtLeast(50),
}


@dataclass(frozen=True)
class Finding:
    """A row, and what happened in our runs that may not happen whatever the figure says."""

    row: Row
    faults: Sequence[str] = field(default=())

    @property
    def bar(self) -> Bar:
        return BARS[self.row.name]

    @property
    def passes(self) -> bool:
        return self.bar.holds(self.row) and not self.faults


def row(name: str, ours: float, reference: float | None, unit: str, note: str) -> Row:
    """A row with its ratio, where there is one: both sides known and ours more than nothing."""
    ratio = round(reference / ours, 2) if reference is not None and ours > 0 else None
    return Row(name, round(ours, 2), None if reference is None else round(reference, 2), ratio, unit, note)


def rate_row(name: str, ours: float, reference: float, unit: str, note: str) -> Row:
    """For what is better the more it is: the ratio is ours over the reference."""
    return Row(name, round(ours, 2), round(reference, 2), round(ours / reference, 2), unit, note)


def save(findings: Sequence[Finding], path: Path, where: str) -> None:
    """Write these into results.json, beside what it has of others; each note says where and when it was measured."""
    known = msgspec.json.decode(path.read_bytes(), type=list[Row]) if path.exists() else []
    rows = {one.name: one for one in known}
    for finding in findings:
        rows[finding.row.name] = msgspec.structs.replace(finding.row, note=f"{finding.row.note}; {where}")
    ordered = [rows[name] for name in BARS if name in rows]
    path.write_bytes(msgspec.json.format(msgspec.json.encode(ordered), indent=2) + b"\n")


def notes(findings: Sequence[Finding]) -> str:
    """What stands beside the figures."""
    lines = [(finding.row.name, finding.row.note.replace("; ", "\n  ")) for finding in findings]
    return "\n\n".join(f"{name}\n  {note}" for name, note in lines)


def table(findings: Sequence[Finding]) -> str:
    """For the terminal: what passed its bar, what did not, and why."""
    lines: list[tuple[str, ...]] = [("", "name", "ours", "reference", "ratio", "bar")]
    lines += [_cells(finding) for finding in findings]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    text = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
    faults = [f"{finding.row.name}: {fault}" for finding in findings for fault in finding.faults]
    return "\n".join(text + faults)


def _cells(finding: Finding) -> tuple[str, ...]:
    found = finding.row
    verdict = "pass" if finding.passes else "FAIL"
    ours = f"{found.ours:,g} {found.unit}"
    return (verdict, found.name, ours, _number(found.reference), _number(found.ratio), str(finding.bar))


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,g}"
