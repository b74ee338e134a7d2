"""Whether a message costs more where many conversations are open."""

from pathlib import Path

from bench import rounds, runs
from bench.report import Finding, row
from bench.rounds import Pair
from bench.runs import Run

FEW, MANY = 100, 5_000
RATE = 500


def growth(program: Path, pair: Pair, count: int, seconds: float) -> Finding:
    def measure(conversations: int) -> Run:
        options = {"rate": RATE, "seconds": seconds, "settle": 2, "patience": 120}
        return runs.run(program, pair.ours, pair.ours.talk(conversations), **options)

    few, many = rounds.interleaved((FEW, MANY), count, measure)
    small, large = (rounds.median(found, lambda run: run.cost) for found in (few, many))
    note = "; ".join(
        [
            f"{RATE} messages/s over {MANY:,} conversations and over {FEW}, median of {count} rounds",
            f"over {MANY:,} {runs.describe(large)}",
            f"over {FEW} {runs.describe(small)}",
        ]
    )
    faults = runs.faults(run.load for run in few + many)
    return Finding(row("rooms_growth", large.cost / small.cost, None, "times", note), faults)
