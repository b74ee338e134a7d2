"""A website full of people: they are alive, go from page to page, and agents watch."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import cores, costs, plan, rounds
from bench.crowd import Crowd, Member
from bench.design import Design
from bench.report import Finding, row
from bench.rounds import Pair

VISITORS = 10_000
#: The usual design does not survive so many; what one event costs it can be seen with fewer.
REFERENCE_VISITORS = 1_000
AGENTS = 20
HEARTBEAT_EVERY = 25.0
PAGE_EVERY = 30.0
#: Of a core, for everything together.
ALL_IN_ALL = 0.15
_STEP = 0.02


@dataclass(frozen=True)
class Watch:
    cost: costs.Cost
    events: int
    frames: float
    answered: int
    closed: int

    @property
    def per_event(self) -> float:
        return self.cost.per(self.events)


def watched(_program: Path, pair: Pair, count: int, seconds: float) -> Finding:
    def measure(design: Design) -> Watch:
        visitors = design.browsers(VISITORS if design is pair.ours else REFERENCE_VISITORS)
        with cores.pinned(cores.REST):
            return asyncio.run(_measure(design, visitors, design.watchers(AGENTS), seconds))

    ours, reference = rounds.interleaved(pair, count, measure)
    middle, compared = (rounds.median(found, lambda watch: watch.per_event) for found in (ours, reference))
    note = "; ".join(
        [
            f"{VISITORS:,} visitors, {AGENTS} agents watching, heartbeat every {HEARTBEAT_EVERY:.0f} s, "
            f"page every {PAGE_EVERY:.0f} s, {seconds:.0f} s, median of {count} rounds",
            f"ours {_describe(middle)}",
            f"reference with {REFERENCE_VISITORS:,} visitors {_describe(compared)}",
        ]
    )
    found = row("board_cpu_10k", middle.per_event, compared.per_event, "us/event", note)
    return Finding(found, [fault for watch in ours for fault in _faults(watch, seconds)])


def _faults(watch: Watch, seconds: float) -> list[str]:
    found = []
    if watch.cost.cores > ALL_IN_ALL:
        found.append(f"all in all it took {watch.cost.cores:.3f} of a core, not {ALL_IN_ALL}")
    if watch.closed:
        found.append(f"{watch.closed} sockets were closed")
    if watch.answered < watch.events * 0.99:
        found.append(f"{watch.answered} of {watch.events} events were answered")
    if watch.frames < seconds:
        found.append(f"an agent heard of changes only {watch.frames:.0f} times in {seconds:.0f} s")
    return found


def _describe(watch: Watch) -> str:
    frames = watch.frames / watch.cost.seconds
    return f"{watch.cost.describe(watch.events, 'event')}, {frames:.1f} frames/s for each agent"


async def _measure(
    design: Design, visitors: list[plan.Socket], watchers: list[plan.Socket], seconds: float
) -> Watch:
    agents, people = Crowd(), Crowd()
    try:
        await agents.open(watchers)
        await people.open(visitors)
        # What it costs to come is another row's question.
        await asyncio.sleep(3)
        await asyncio.to_thread(design.stack.settle, 20)
        heard, answered = agents.heard, people.heard
        with costs.of(design) as cost:
            events = await _live(people.members, seconds, design)
        frames = (agents.heard - heard) / AGENTS
        await asyncio.sleep(1)
        return Watch(cost, events, frames, people.heard - answered, agents.closed + people.closed)
    finally:
        agents.close()
        people.close()
        await asyncio.sleep(0.5)


async def _live(people: list[Member], seconds: float, design: Design) -> int:
    """Heartbeats and page views, evenly spread; returns how many there were."""
    began, said = time.monotonic(), [0, 0]
    kinds: list[tuple[float, Callable[[int], str]]] = [
        (len(people) / HEARTBEAT_EVERY, design.heartbeat),
        (len(people) / PAGE_EVERY, design.page_view),
    ]
    while (passed := time.monotonic() - began) < seconds:
        for kind, (rate, words) in enumerate(kinds):
            while said[kind] < passed * rate:
                people[said[kind] % len(people)].say(words(said[kind]))
                said[kind] += 1
        await asyncio.sleep(_STEP)
    return sum(said)
