"""What a design used while something was done to it."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.design import Design


@dataclass
class Cost:
    """Processor seconds by part of the design, and how long it took by the clock."""

    used: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def total(self) -> float:
        return sum(self.used.values())

    @property
    def cores(self) -> float:
        """How many cores were busy with it."""
        return self.total / self.seconds

    def per(self, count: float) -> float:
        """Microseconds of processor time for each."""
        return self.total / count * 1e6 if count else float("nan")

    def describe(self, count: float, what: str) -> str:
        parts = ", ".join(f"{name} {used / count * 1e6:,.1f}" for name, used in self.used.items())
        return f"{self.per(count):,.1f} us/{what} ({parts}), {self.cores:.3f} of a core"


@contextlib.contextmanager
def of(design: Design) -> Iterator[Cost]:
    """Fills in the cost when the block ends."""
    cost = Cost()
    before, began = design.stack.used(), time.monotonic()
    yield cost
    cost.seconds = time.monotonic() - began
    after = design.stack.used()
    cost.used = {name: after[name] - before[name] for name in before}
