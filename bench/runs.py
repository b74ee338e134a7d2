"""Runs of the generator against one design, with what they cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench import generator, plan, processor
from bench.design import Design
from bench.generator import Load, Times, Window


@dataclass(frozen=True)
class Run:
    """A measured time, and seconds of processor time in it: by part of the design, and of everybody."""

    load: Load
    window: Window
    used: dict[str, float]
    everybody: float

    @property
    def cost(self) -> float:
        """Microseconds of processor time for each acknowledged message, everything server-side summed."""
        return sum(self.costs.values())

    @property
    def costs(self) -> dict[str, float]:
        # What was stored and acknowledged is counted, delivered or not: kind to whoever loses messages.
        messages = self.window.counts.acked or float("nan")
        return {name: used / messages * 1e6 for name, used in self.used.items()}

    @property
    def strangers(self) -> float:
        """How many cores were busy with what is none of ours; times are not to be trusted where it is much."""
        ours = sum(self.used.values()) + self.window.processor_share * self.window.seconds
        return max(0, self.everybody - ours) / self.window.seconds


def run(program: Path, design: Design, sockets: list[plan.Socket], **options: float) -> Run:
    return run_windows(program, design, sockets, **options)[0]


def run_windows(program: Path, design: Design, sockets: list[plan.Socket], **options: float) -> list[Run]:
    """One run that is measured as often as the option `windows` says."""
    marks: list[tuple[dict[str, float], float]] = []

    def mark() -> None:
        marks.append((design.stack.used(), processor.whole_machine()))

    design.stack.settle()
    load = generator.run(program, sockets, options, mark)
    return [
        Run(load, window, {name: after[name] - before[name] for name in before}, all_after - all_before)
        for window, (before, all_before), (after, all_after) in zip(
            load.windows, marks[::2], marks[1::2], strict=True
        )
    ]


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


def faults(ours: Iterable[Load], reference: Iterable[Load] = ()) -> list[str]:
    """What makes a figure void: a loss of ours, or a generator at its own limit on either side."""
    ours, reference = list(ours), list(reference)
    found = [fault for load in ours for fault in losses(load)]
    busy = [
        max(window.processor_share for window in load.windows) for load in ours + reference if not load.valid
    ]
    return found + [f"the generator itself took {share:.0%} of a core" for share in busy]


def verdict(load: Load) -> str:
    """What became of the messages, for a note."""
    return ", ".join(losses(load)) or "nothing lost"


def describe(run: Run) -> str:
    """Throughput, cost by part, percentiles and who else took processor time, for a note."""
    window = run.window
    parts = ", ".join(f"{name} {cost:,.0f}" for name, cost in run.costs.items())
    return ", ".join(
        [
            f"{window.rate:,.0f} messages/s at {run.cost:,.0f} us ({parts})",
            f"acknowledged p50/p99 {_times(window.ack_ms)}",
            f"delivered p50/p99 {_times(window.delivery_ms)}",
            f"generator {window.processor_share:.2f} and other programs {run.strangers:.2f} of a core",
        ]
    )


def _times(times: Times | None) -> str:
    return f"{times.p50:.1f}/{times.p99:.1f} ms" if times else "none"
