"""Visitors who come and stay: what it costs to let them in, and what each of them holds."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from bench import cores, costs, plan, processor, rounds
from bench.crowd import Crowd
from bench.design import Design
from bench.report import Finding, rate_row, row
from bench.rounds import Pair

SOCKETS = 5_000
#: The stock way takes milliseconds for each; fewer tell as much.
REFERENCE_SOCKETS = 1_000


@dataclass(frozen=True)
class Arrival:
    sockets: int
    cost: costs.Cost
    kilobytes: float

    @property
    def rate(self) -> float:
        """Sockets for each second of processor time."""
        return self.sockets / self.cost.total


def connect_rate(_program: Path, pair: Pair, count: int, _seconds: float) -> Finding:
    def measure(design: Design) -> Arrival:
        return _arrive(design, SOCKETS if design is pair.ours else REFERENCE_SOCKETS)

    ours, reference = rounds.interleaved(pair, count, measure)
    middle, compared = (rounds.median(found, lambda one: one.rate) for found in (ours, reference))
    note = "; ".join(
        [
            f"{SOCKETS:,} visitors opened, checked and greeted, median of {count} rounds",
            f"ours {middle.cost.describe(middle.sockets, 'socket')}",
            f"the stock stack of origin, session and user {compared.cost.describe(compared.sockets, 'socket')}",
        ]
    )
    return Finding(rate_row("connect_rate", middle.rate, compared.rate, "sockets/s and core", note))


def socket_memory(_program: Path, pair: Pair, count: int, _seconds: float) -> Finding:
    found = []
    for _ in range(count):
        # What others have left in a process is used again, and would not be seen.
        pair.ours.stack.renew(0)
        found.append(_arrive(pair.ours, SOCKETS).kilobytes)
    note = (
        f"{SOCKETS:,} idle visitors, growth of the process's own memory, the largest of {count} rounds, each with a "
        f"process of its own: {', '.join(f'{one:.1f}' for one in found)}"
    )
    return Finding(row("socket_memory", max(found), None, "kB/socket", note))


def _arrive(design: Design, count: int) -> Arrival:
    sockets = design.newcomers(count)
    design.stack.settle(20)
    with cores.pinned(cores.REST):
        return asyncio.run(_measure(design, sockets))


async def _measure(design: Design, sockets: list[plan.Socket]) -> Arrival:
    people = Crowd()
    server = design.stack.servers[0].pid
    before = processor.memory(server)
    try:
        with costs.of(design) as cost:
            await people.open(sockets)
        # What is written about them afterwards belongs to them too, but not to letting them in.
        await asyncio.sleep(2)
        await asyncio.to_thread(design.stack.settle, 20)
        return Arrival(len(sockets), cost, (processor.memory(server) - before) / len(sockets))
    finally:
        people.close()
        await asyncio.sleep(1)
