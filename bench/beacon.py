"""A page view that comes as a request, where no WebSocket gets through: answered before Django."""

import asyncio
import functools
import json
from pathlib import Path

from bench import cores, costs, requests, rounds
from bench.design import Design
from bench.report import Finding, row
from bench.requests import Caller
from bench.rounds import Pair


def page_views(_program: Path, pair: Pair, count: int, seconds: float) -> Finding:
    def measure(design: Design) -> tuple[costs.Cost, int]:
        beacon = design.beacon()
        design.stack.settle(20)
        with cores.pinned(cores.REST):
            return asyncio.run(_measure(design, beacon, seconds))

    ours, reference = rounds.interleaved(pair, count, measure)
    middle, compared = (rounds.median(found, _per_request) for found in (ours, reference))
    note = "; ".join(
        [
            f"{requests.CONNECTIONS} connections, one page view after another, median of {count} rounds",
            f"ours {middle[0].describe(middle[1], 'page view')}",
            "the reference, a Django view with the default middleware on the same server, "
            f"{compared[0].describe(compared[1], 'page view')}",
        ]
    )
    return Finding(row("beacon_cpu", _per_request(middle), _per_request(compared), "us/page view", note))


def _per_request(measured: tuple[costs.Cost, int]) -> float:
    cost, count = measured
    return cost.per(count)


async def _measure(design: Design, beacon: "Beacon", seconds: float) -> tuple[costs.Cost, int]:
    callers = [await requests.connected(beacon.port) for _ in range(requests.CONNECTIONS)]
    said = [await beacon.begin(caller) for caller in callers]
    with costs.of(design) as cost:
        repeating = [
            requests.repeat(caller, functools.partial(beacon.request, name), seconds)
            for caller, name in zip(callers, said, strict=True)
        ]
        counts = await asyncio.gather(*repeating)
    for caller in callers:
        caller.close()
    return cost, sum(counts)


class Beacon:
    """How a design is told of a page view by a request."""

    def __init__(self, port: int, path: str) -> None:
        self.port = port
        self.path = path

    async def begin(self, caller: Caller) -> str:
        """What the caller is called from now on, where that is needed."""
        return ""

    def request(self, name: str, number: int) -> bytes:
        page = {"url": f"https://www.example.com/pages/{number % 50}", "title": f"Page {number % 50}"}
        return requests.post(self.port, self.path, json.dumps({"page": page}).encode())


class SocketBeacon(Beacon):
    """Ours: frames of a socket, posted."""

    def __init__(self, port: int, path: str, opening: str) -> None:
        super().__init__(port, path)
        self._opening = opening

    async def begin(self, caller: Caller) -> str:
        _, body = await caller.ask(requests.post(self.port, f"{self.path}/poll", b"{}"))
        name = body.decode().split("data: ")[1].split("\n")[0]
        status, _ = await caller.ask(self._frames(name, 1, self._opening))
        if status != 204:
            raise RuntimeError(f"The session was answered with {status}.")
        await asyncio.sleep(0.1)
        return name

    def request(self, name: str, number: int) -> bytes:
        page = f'{{"url":"https://www.example.com/pages/{number % 50}","title":"Page {number % 50}"}}'
        return self._frames(name, number + 2, f'{{"type":"page.view","ref":{number + 2},"page":{page}}}')

    def _frames(self, name: str, number: int, frame: str) -> bytes:
        said = f'{{"session":"{name}","heard":{number - 1},"number":{number},"frames":[{frame}]}}'
        return requests.post(self.port, f"{self.path}/frames", said.encode())
