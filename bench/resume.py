"""A thousand sockets cut at once: the process that held them is killed and started again."""

import asyncio
import dataclasses
import itertools
import random
import time
from pathlib import Path

from bench import cores, plan, rounds
from bench.crowd import Crowd, Lost, opened
from bench.design import Design
from bench.report import Finding, row
from bench.rounds import Pair

SOCKETS = 1_000
#: As browsers wait before they try again (frontend/shared/connection/pauses.ts).
_QUICK, _LONGEST_PAUSE = 3, 30.0


def killed(_program: Path, pair: Pair, count: int, _seconds: float) -> Finding:
    found = [_measure(pair.ours) for _ in range(count)]
    middle = rounds.median(found, lambda seconds: seconds)
    note = (
        f"{SOCKETS:,} sockets of one process, kill -9, started again at once, until the last had its log; "
        f"median of {count} rounds: {', '.join(f'{seconds:.2f}' for seconds in found)}"
    )
    return Finding(row("resume_1000", middle, None, "s", note))


def _measure(design: Design) -> float:
    sockets = [dataclasses.replace(socket, port=design.visitors) for socket in design.talk(SOCKETS // 2)]
    with cores.pinned(cores.REST):
        return asyncio.run(_cut(design, sockets))


async def _cut(design: Design, sockets: list[plan.Socket]) -> float:
    crowd = Crowd()
    await crowd.open(sockets)
    began = time.monotonic()
    design.stack.kill(0)
    design.stack.start_again(0)
    ended = await asyncio.gather(*map(_back, sockets))
    crowd.close()
    return max(ended) - began


async def _back(socket: plan.Socket) -> float:
    """Try again with growing pauses until the greeting and the log are there."""
    for attempt in itertools.count(1):
        pause = min(2.0 ** max(0, attempt - _QUICK), _LONGEST_PAUSE)
        await asyncio.sleep(pause * (0.5 + random.random()))
        try:
            member = await opened(socket)
        except (Lost, OSError, TimeoutError):
            continue
        at = time.monotonic()
        member.close()
        return at
    raise AssertionError
