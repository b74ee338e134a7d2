"""A server of its own, as in production, for what no test double shows: bytes on the wire, buffers, kills."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from chat import runtime

ROOT = Path(__file__).resolve().parents[2]
#: Seconds a server may take to start.
PATIENCE = 30


class Server:
    """`python -m config.live` on the test's database."""

    def __init__(self, **settings: str) -> None:
        self.port = _free_port()
        environment = {
            "DATABASE_URL": runtime._dsn(),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            **settings,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.live"], cwd=ROOT, env=os.environ | environment
        )

    def wait(self) -> "Server":
        until = time.monotonic() + PATIENCE
        while not self._is_ready():
            if time.monotonic() > until or self.process.poll() is not None:
                raise RuntimeError("The server did not start.")
            time.sleep(0.05)
        return self

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)

    def socket(self, company_id: int, role: str, **options: Any) -> connect:
        address = f"ws://127.0.0.1:{self.port}/live/c/{company_id}/{role}"
        return connect(address, compression=None, max_size=None, **options)

    def _is_ready(self) -> bool:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2),
        ):
            return True
        return False


@contextlib.contextmanager
def running(**settings: str) -> Iterator[Server]:
    server = Server(**settings)
    try:
        yield server.wait()
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def say(wire: ClientConnection, type_: str, ref: int, **fields: Any) -> dict[str, Any]:
    """Ask, and wait for the answer; what else is heard meanwhile is dropped."""
    await wire.send(msgspec.json.encode({"type": type_, "ref": ref, **fields}).decode())
    return await answer(wire, ref)


async def answer(wire: ClientConnection, ref: int) -> dict[str, Any]:
    async for frame in wire:
        heard: dict[str, Any] = msgspec.json.decode(frame)
        if heard.get("ref") == ref:
            return heard
    raise AssertionError(f"closed with {wire.close_code} before ref {ref} was answered")


async def rest(wire: ClientConnection) -> list[dict[str, Any]]:
    """Everything until the server closes."""
    return [msgspec.json.decode(frame) async for frame in _until_closed(wire)]


async def _until_closed(wire: ClientConnection) -> AsyncIterator[Any]:
    with contextlib.suppress(ConnectionClosed):
        while True:
            yield await wire.recv()
