"""One run of the generator against one design, with what it cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench import generator, plan, processor
from bench.design import Design
from bench.generator import Load, Times


@dataclass(frozen=True)
class Run:
    """What the generator saw, and seconds of processor time by part and of everybody while it measured."""

    load: Load
    used: dict[str, float]
    everybody: float

    @property
    def cost(self) -> float:
        """Microseconds of processor time for each acknowledged message, all server-side processes together."""
        return sum(self.costs.values())

    @property
    def costs(self) -> dict[str, float]:
        # What was stored and acknowledged is counted, delivered or not: kind to whoever loses messages.
        messages = self.load.measured.acked or float("nan")
        return {name: used / messages * 1e6 for name, used in self.used.items()}

    @property
    def strangers(self) -> float:
        """How many cores were busy with what is none of ours; times are not to be trusted where it is much."""
        ours = sum(self.used.values()) + self.load.processor_share * self.load.seconds
        return max(0, self.everybody - ours) / self.load.seconds


def run(program: Path, design: Design, sockets: list[plan.Socket], **options: float) -> Run:
    marks: list[tuple[dict[str, float], float]] = []

    def mark() -> None:
        marks.append((design.stack.used(), processor.whole_machine()))

    design.stack.settle()
    load = generator.run(program, sockets, options, mark)
    (before, all_before), (after, all_after) = marks
    return Run(load, {name: after[name] - before[name] for name in before}, all_after - all_before)


def losses(load: Load) -> list[str]:
    """What a run may not have: anything lost, doubled, out of order, refused or closed. Empty is good."""
    found = []
    if load.sockets.failed:
        found.append(f"{load.sockets.failed} of {load.sockets.planned} sockets did not open")
    if load.sockets.closed:
        found.append(f"{load.sockets.closed} sockets were closed")
    if load.all.acked != load.all.sent:
        found.append(f"{load.all.acked} of {load.all.sent} messages were acknowledged")
    if load.all.delivered != load.all.sent:
        found.append(f"{load.all.delivered} of {load.all.sent} messages were delivered")
    wrong = {
        "refused": load.refused,
        "delivered out of order": load.disordered,
        "answered twice": load.strange,
    }
    return found + [f"{count} messages were {what}" for what, count in wrong.items() if count]


def faults(ours: Iterable[Run], reference: Iterable[Run] = ()) -> list[str]:
    """What makes a figure void: a loss of ours, or a generator at its own limit on either side."""
    found = [fault for run in ours for fault in losses(run.load)]
    busy = [run.load.processor_share for run in (*ours, *reference) if not run.load.valid]
    return found + [f"the generator itself took {share:.0%} of a core" for share in busy]


def verdict(run: Run) -> str:
    """What became of the messages, for a note."""
    return ", ".join(losses(run.load)) or "nothing lost"


def describe(run: Run) -> str:
    """Throughput, cost by part, percentiles and the generator's own share, for a note."""
    parts = ", ".join(f"{name} {cost:,.0f}" for name, cost in run.costs.items())
    times = [f"{name} p50/p99 {_times(found)}" for name, found in _latencies(run.load)]
    words = [f"{run.load.rate:,.0f} messages/s at {run.cost:,.0f} us ({parts})", *times]
    shares = f"generator {run.load.processor_share:.2f} and other programs {run.strangers:.2f} of a core"
    return ", ".join([*words, shares])


def _latencies(load: Load) -> list[tuple[str, Times | None]]:
    return [("acknowledged", load.ack_ms), ("delivered", load.delivery_ms)]


def _times(times: Times | None) -> str:
    return f"{times.p50:.1f}/{times.p99:.1f} ms" if times else "none"
