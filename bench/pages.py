"""The workspace's page by the process for pages, and by the ASGI server that serves it beside the sockets."""

import asyncio
import contextlib
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import cores, layout, processor, requests, rounds
from bench.design import Design
from bench.report import Finding, rate_row
from bench.rounds import Pair
from core.embedded import processes


@dataclass(frozen=True)
class Server:
    name: str
    port: int
    pid: int


@dataclass(frozen=True)
class Run:
    pages: int
    used: float

    @property
    def rate(self) -> float:
        """Pages for each second of the server's processor time."""
        return self.pages / self.used

    @property
    def milliseconds(self) -> float:
        return self.used / self.pages * 1000


def http_page(_program: Path, pair: Pair, count: int, seconds: float) -> Finding:
    from bench import rows

    page = rows.page()
    with _web(pair.ours) as web:
        servers = (web, Server("the ASGI server", pair.ours.stack.ports[0], pair.ours.stack.servers[0].pid))
        ours, reference = rounds.interleaved(servers, count, lambda server: _measure(server, page, seconds))
    middle, compared = (rounds.median(found, lambda run: run.rate) for found in (ours, reference))
    note = "; ".join(
        [
            f"the workspace's page for an agent who is signed in, {requests.CONNECTIONS} connections, "
            f"median of {count} rounds, processor time of the server alone",
            f"web {middle.milliseconds:.2f} ms/page",
            f"the same page by the ASGI server {compared.milliseconds:.2f} ms/page",
        ]
    )
    return Finding(rate_row("http_page", middle.rate, compared.rate, "pages/s and core", note))


@contextlib.contextmanager
def _web(design: Design) -> Iterator[Server]:
    """A process for pages beside the design's own, gone when the block ends."""
    port, log = layout.free_port(), design.stack.folder / "web.log"
    with cores.pinned(cores.SERVERS), log.open("ab") as file:
        child = subprocess.Popen(
            [sys.executable, "-m", "config.web"],
            env={**layout.surroundings(design.stack), "PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            preexec_fn=processes.die_with_parent(signal.SIGKILL),
        )
    try:
        layout.wait(child, port, log)
        yield Server("web", port, child.pid)
    finally:
        processes.end_child(child, signal.SIGTERM, 10)


def _measure(server: Server, page: tuple[str, str], seconds: float) -> Run:
    with cores.pinned(cores.REST):
        return asyncio.run(_load(server, page, seconds))


async def _load(server: Server, page: tuple[str, str], seconds: float) -> Run:
    request = requests.get(server.port, *page)
    callers = [await requests.connected(server.port) for _ in range(requests.CONNECTIONS)]
    await asyncio.gather(*(caller.ask(request) for caller in callers))
    before = processor.seconds([server.pid])
    counts = await asyncio.gather(
        *(requests.repeat(caller, lambda _: request, seconds, wanted=200) for caller in callers)
    )
    used = processor.seconds([server.pid]) - before
    for caller in callers:
        caller.close()
    return Run(sum(counts), used)
