"""Measures Parley beside the usual design and writes bench/results.json: `python -m bench --help`."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench import (
    arrivals,
    beacon,
    board,
    broadcast,
    generator,
    layout,
    machine,
    pages,
    relay,
    report,
    resume,
    rooms,
    sizes,
    stall,
)
from bench.design import Design
from bench.many import rows as growth
from bench.ours import Ours
from bench.reference import Reference
from bench.report import Finding
from bench.rounds import Pair
from core import assets
from core.embedded.errors import NotStarted

RESULTS = Path(__file__).parent / "results.json"
Measurement = Callable[[Path, Pair, int, float], Finding]
#: What needs both designs running, and for how many seconds each run measures.
PAIRED: dict[str, tuple[Measurement, float]] = {
    "relay_cpu": (relay.saturated, 5),
    "relay_cpu_300": (relay.moderate, 6),
    "relay_p99_1000": (relay.many, 6),
    "stall_p99": (stall.stalled, 5),
    "board_cpu_10k": (board.watched, 15),
    "broadcast_cpu_500": (broadcast.everybody, 4),
    "rooms_growth": (rooms.growth, 6),
    "socket_memory": (arrivals.socket_memory, 0),
    "connect_rate": (arrivals.connect_rate, 0),
    "beacon_cpu": (beacon.page_views, 4),
    "http_page": (pages.http_page, 4),
    "resume_1000": (resume.killed, 0),
}
ALONE: dict[str, Callable[[], Finding]] = {"loader_bytes": sizes.loader, "window_bytes": sizes.window}
#: What grows with companies and with history: each on stores of its own, quick or not.
GROWN: dict[str, Callable[[bool], Finding]] = {
    "companies_growth": growth.companies,
    "history_growth": growth.history,
    "company_create": growth.create,
    "migrate_noop_300": growth.migrate,
}
ROUNDS = 3


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    options = _options()
    try:
        findings = _findings(options.only or [*PAIRED, *ALONE, *GROWN], quick=options.quick)
    except (NotStarted, generator.Failed, assets.FrontEndMissing) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    print(report.notes(findings), report.table(findings), sep="\n\n")
    if not options.quick:
        report.save(findings, RESULTS, machine.describe())
        print(f"Written to {RESULTS}.")
    return 0 if all(finding.passes for finding in findings) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measures Parley beside the usual design, and writes bench/results.json.",
    )
    parser.add_argument(
        "--only", action="append", choices=[*PAIRED, *ALONE, *GROWN], help="measure this alone"
    )
    parser.add_argument("--quick", action="store_true", help="one short round: to try out, not to quote")
    return parser.parse_args()


def _findings(names: list[str], quick: bool) -> list[Finding]:
    return _beside_reference(names, quick) + _grown(names, quick)


def _beside_reference(names: list[str], quick: bool) -> list[Finding]:
    paired = [name for name in names if name in PAIRED]
    if not paired:
        return _alone(names)
    folder = layout.folder()
    print("Compiling the load generator …", flush=True)
    program = generator.compiled(folder)
    print("Starting both designs …", flush=True)
    with _started(folder) as pair:
        # Before what takes minutes: a front end that is not built should be heard of now. And not before the
        # start, which says where Django's settings find our stores.
        alone = _alone(names)
        return [*(_in_pairs(name, program, pair, quick) for name in paired), *alone]


def _alone(names: list[str]) -> list[Finding]:
    return [ALONE[name]() for name in names if name in ALONE]


def _grown(names: list[str], quick: bool) -> list[Finding]:
    found = []
    for name in names:
        if name in GROWN:
            print(f"Measuring {name} …", flush=True)
            found.append(GROWN[name](quick))
    return found


def _in_pairs(name: str, program: Path, pair: Pair, quick: bool) -> Finding:
    print(f"Measuring {name} …", flush=True)
    measure, seconds = PAIRED[name]
    return measure(program, pair, 1 if quick else ROUNDS, 2 if quick else seconds)


@contextmanager
def _started(folder: Path) -> Iterator[Pair]:
    with ExitStack() as stack:
        designs: list[Design] = []
        for kind in (Ours, Reference):
            design = kind(stack.enter_context(layout.stack(folder, kind.name)))
            stack.callback(design.finish)
            design.start()
            designs.append(design)
        yield Pair(*designs)


if __name__ == "__main__":
    raise SystemExit(main())
