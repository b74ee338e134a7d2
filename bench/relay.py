"""A visitor's message, stored durably, acknowledged, delivered to an agent in another process."""

from collections.abc import Callable
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
    """Ours alone in rounds; the reference is tried once, to say what becomes of it."""
    measure = _measure(program, MANY_SOCKETS // 2, rate=BUSY, seconds=seconds, settle=2, patience=120)
    ours = [measure(pair.ours) for _ in range(count)]
    reference = measure(pair.reference)
    middle, survives = rounds.median(ours, _ack_p99), not runs.losses(reference.load)
    note = "; ".join(
        [
            f"{BUSY} messages/s over {MANY_SOCKETS} sockets",
            f"ours {runs.describe(middle)}",
            f"the reference, tried once, {runs.describe(reference)}: {runs.verdict(reference)}",
        ]
    )
    compared = _ack_p99(reference) if survives else None
    return Finding(row("relay_p99_1000", _ack_p99(middle), compared, "ms", note), runs.faults(ours))


def _cost(name: str, program: Path, pair: Pair, count: int, **options: float) -> Finding:
    ours, reference = rounds.interleaved(pair, count, _measure(program, CONVERSATIONS, **options))
    middle, compared = (rounds.median(found, lambda run: run.cost) for found in (ours, reference))
    note = "; ".join(
        [
            f"{CONVERSATIONS} conversations, median of {count} rounds",
            f"ours {runs.describe(middle)}",
            f"reference {runs.describe(compared)}: {runs.verdict(compared)}",
        ]
    )
    found = row(name, middle.cost, compared.cost, "us/message", note)
    return Finding(found, runs.faults(ours, reference))


def _measure(program: Path, conversations: int, **options: float) -> Callable[[Design], Run]:
    return lambda design: runs.run(program, design, design.talk(conversations), **options)


def _ack_p99(run: Run) -> float:
    return run.load.ack_ms.p99 if run.load.ack_ms else float("nan")
