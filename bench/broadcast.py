"""One event to all agents of a company."""

import asyncio
from pathlib import Path

from bench import cores, costs, plan, rounds
from bench.crowd import Crowd
from bench.design import Design
from bench.report import Finding, row
from bench.rounds import Pair

AGENTS = 500
RATE = 5


def everybody(_program: Path, pair: Pair, count: int, seconds: float) -> Finding:
    """The reference is told as often; it hardly keeps up."""

    def measure(design: Design) -> tuple[costs.Cost, int, int]:
        sockets = design.colleagues(AGENTS)
        with cores.pinned(cores.REST):
            return asyncio.run(_measure(design, sockets, seconds))

    ours, reference = rounds.interleaved(pair, count, measure)
    middle, compared = (rounds.median(found, _per_delivery) for found in (ours, reference))
    note = "; ".join(
        [
            f"{AGENTS} agents of one company, {RATE} events/s, median of {count} rounds",
            f"ours {middle[0].describe(middle[1], 'delivery')}",
            f"reference {compared[0].describe(compared[1], 'delivery')}, "
            f"{compared[1]:,} of {compared[2]:,} delivered in time",
        ]
    )
    found = row("broadcast_cpu_500", _per_delivery(middle), _per_delivery(compared), "us/delivery", note)
    faults = [f"{heard} of {due} were delivered" for _, heard, due in ours if heard != due]
    return Finding(found, faults)


def _per_delivery(measured: tuple[costs.Cost, int, int]) -> float:
    cost, heard, _due = measured
    return cost.per(heard)


async def _measure(design: Design, sockets: list[plan.Socket], seconds: float) -> tuple[costs.Cost, int, int]:
    agents, events = Crowd(), int(RATE * seconds)
    try:
        await agents.open(sockets)
        await asyncio.sleep(2)
        await asyncio.to_thread(design.stack.settle, 20)
        heard = agents.heard
        with costs.of(design) as cost:
            for _ in range(events):
                await asyncio.to_thread(design.tell_colleagues)
                await asyncio.sleep(1 / RATE)
            await asyncio.sleep(1)
        return cost, agents.heard - heard, events * AGENTS
    finally:
        agents.close()
        await asyncio.sleep(0.5)
