"""What one slow query for each process does to everybody else's messages."""

import contextlib
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psycopg
from websockets.sync.client import ClientConnection, connect

from bench import cores, rounds, runs
from bench.design import Design, Slow
from bench.report import Finding, row
from bench.rounds import Pair
from bench.runs import Run

#: How long each slow command waits for its row, and the pause until the next.
HOLD = 0.2
PAUSE = 0.1
CONVERSATIONS = 50
RATE = 200


@dataclass(frozen=True)
class Stall:
    """The same load without and with slow commands beside it, and how long each of those took in seconds."""

    quiet: Run
    slow: Run
    durations: list[float]

    @property
    def added(self) -> float:
        """Milliseconds that the slow commands add to the 99th percentile of delivery."""
        return _p99(self.slow) - _p99(self.quiet)


def stalled(program: Path, pair: Pair, count: int, seconds: float) -> Finding:
    ours, reference = rounds.interleaved(pair, count, lambda design: _measure(program, design, seconds))
    middles = [rounds.median(found, lambda stall: stall.added) for found in (ours, reference)]
    note = "; ".join(
        [
            f"{2 * CONVERSATIONS} sockets, {RATE} messages/s, median of {count} rounds",
            f"ours {_describe(middles[0])}",
            f"reference {_describe(middles[1])}",
        ]
    )
    faults = runs.faults(run.load for stall in ours for run in (stall.quiet, stall.slow))
    found = row("stall_p99", middles[0].added, middles[1].added, "ms", note)
    return Finding(found, faults + [fault for stall in ours for fault in _vacuous(stall)])


def _vacuous(stall: Stall) -> list[str]:
    """Where the slow commands did not take what they should, nothing was tried."""
    if len(stall.durations) < 3 or min(stall.durations) < HOLD:
        return [f"the slow commands were not slow: {stall.durations}"]
    return []


def _describe(stall: Stall) -> str:
    slow = statistics.median(stall.durations) * 1000
    return (
        f"delivered p99 {_p99(stall.quiet):.1f} ms alone, {_p99(stall.slow):.1f} ms beside "
        f"{len(stall.durations)} commands of {slow:.0f} ms, "
        f"other programs {max(stall.quiet.strangers, stall.slow.strangers):.2f} of a core"
    )


def _measure(program: Path, design: Design, seconds: float) -> Stall:
    quiet = runs.run(program, design, design.talk(CONVERSATIONS), rate=RATE, seconds=seconds)
    durations: list[float] = []
    with _slow_commands(design, durations):
        slow = runs.run(program, design, design.talk(CONVERSATIONS), rate=RATE, seconds=seconds, settle=1)
    return Stall(quiet, slow, durations)


@contextlib.contextmanager
def _slow_commands(design: Design, durations: list[float]) -> Iterator[None]:
    stopped = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        repeating = pool.submit(_repeat, design, durations, stopped)
        try:
            yield
        finally:
            stopped.set()
        repeating.result()


def _repeat(design: Design, durations: list[float], stopped: threading.Event) -> None:
    with cores.pinned(cores.REST), contextlib.ExitStack() as stack:
        holder = stack.enter_context(psycopg.connect(design.stack.postgres.url))
        pairs = [(slow, _open(slow, stack)) for slow in design.slow()]
        while not stopped.wait(PAUSE):
            durations += _once(holder, pairs)


def _open(slow: Slow, stack: contextlib.ExitStack) -> ClientConnection:
    address = f"ws://127.0.0.1:{slow.socket.port}{slow.socket.path}"
    socket = stack.enter_context(connect(address, compression=None, max_size=None))
    for opening in slow.socket.openings:
        socket.send(opening.frame)
        _await(socket, opening.expected)
    return socket


def _once(holder: psycopg.Connection, pairs: list[tuple[Slow, ClientConnection]]) -> list[float]:
    for slow, _ in pairs:
        holder.execute(slow.lock, slow.arguments)
    started = time.monotonic()
    for slow, socket in pairs:
        socket.send(slow.command)
    time.sleep(HOLD)
    holder.commit()
    return [_await(socket, '"ack"') - started for _, socket in pairs]


def _await(socket: ClientConnection, expected: str) -> float:
    while True:
        frame = str(socket.recv(timeout=10))
        if '"refused"' in frame:
            raise RuntimeError(f"The slow command was refused: {frame}")
        if expected in frame:
            return time.monotonic()


def _p99(run: Run) -> float:
    return run.window.delivery_ms.p99 if run.window.delivery_ms else float("nan")
