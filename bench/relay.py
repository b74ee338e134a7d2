"""A visitor's message, stored durably, acknowledged, delivered to an agent in another process."""

from pathlib import Path

from bench import rounds, runs
from bench.design import Design
from bench.report import Finding, row
from bench.rounds import Pair
from bench.runs import Run

CONVERSATIONS = 50
#: Messages that each visitor has under way when a design is saturated.
WINDOW = 2
MODERATE = 300
MANY_SOCKETS = 4000
BUSY = 1000


def saturated(program: Path, pair: Pair, count: int, seconds: float) -> Finding:
    return _cost("relay_cpu", program, pair, count, window=WINDOW, seconds=seconds)


def moderate(program: Path, pair: Pair, count: int, seconds: float) -> Finding:
    return _cost("relay_cpu_300", program, pair, count, rate=MODERATE, seconds=seconds)


def many(program: Path, pair: Pair, count: int, seconds: float) -> Finding:
    """Ours `count` times over the same sockets; the reference once, to say what becomes of it."""
    ours = _many(program, pair.ours, seconds, windows=count)
    reference = _many(program, pair.reference, seconds, windows=1)[0]
    middle, survives = rounds.median(ours, _ack_p99), not runs.losses(reference.load)
    note = "; ".join(
        [
            f"{BUSY} messages/s over {MANY_SOCKETS} sockets, median of {count} times",
            f"ours {runs.describe(middle)}",
            f"the reference, tried once, {runs.describe(reference)}: {runs.verdict(reference.load)}",
        ]
    )
    compared = _ack_p99(reference) if survives else None
    return Finding(row("relay_p99_1000", _ack_p99(middle), compared, "ms", note), runs.faults([middle.load]))


def _cost(name: str, program: Path, pair: Pair, count: int, **options: float) -> Finding:
    def measure(design: Design) -> Run:
        return runs.run(program, design, design.talk(CONVERSATIONS), **options)

    ours, reference = rounds.interleaved(pair, count, measure)
    middle, compared = (rounds.median(found, lambda run: run.cost) for found in (ours, reference))
    note = "; ".join(
        [
            f"{CONVERSATIONS} conversations, median of {count} rounds",
            f"ours {runs.describe(middle)}",
            f"reference {runs.describe(compared)}: {runs.verdict(compared.load)}",
        ]
    )
    faults = runs.faults((run.load for run in ours), (run.load for run in reference))
    return Finding(row(name, middle.cost, compared.cost, "us/message", note), faults)


def _many(program: Path, design: Design, seconds: float, windows: int) -> list[Run]:
    sockets = design.talk(MANY_SOCKETS // 2)
    options = {"rate": BUSY, "seconds": seconds, "windows": windows, "settle": 2, "patience": 120}
    return runs.run_windows(program, design, sockets, **options)


def _ack_p99(run: Run) -> float:
    return run.window.ack_ms.p99 if run.window.ack_ms else float("nan")
