"""HTTP requests, one after another on each of some connections, for as long as it is asked for."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

CONNECTIONS = 16


class Caller(asyncio.Protocol):
    """One connection that is kept: `ask` a request, and be answered with the status."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._transport: Any = None
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError("The server closed the connection."))

    def data_received(self, data: bytes) -> None:
        self._data += data
        head, found, rest = bytes(self._data).partition(b"\r\n\r\n")
        if not found or self._answer is None:
            return
        lines = head.lower().split(b"\r\n")
        length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)
        if len(rest) >= length:
            self._data.clear()
            self._answer.set_result((int(lines[0].split()[1]), rest))

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        self._transport.close()


def post(port: int, path: str, body: bytes) -> bytes:
    head = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body


def get(port: int, path: str, cookie: str) -> bytes:
    head = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Cookie: {cookie}"]
    return "\r\n".join([*head, "", ""]).encode()


async def connected(port: int) -> Caller:
    _, caller = await asyncio.get_running_loop().create_connection(Caller, "127.0.0.1", port)
    return caller


async def repeat(caller: Caller, request: Callable[[int], bytes], seconds: float, wanted: int = 204) -> int:
    """Ask again and again; returns how often. Raises where an answer is not what it should be."""
    until, count = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        status, _ = await caller.ask(request(count))
        if status != wanted:
            raise RuntimeError(f"A request was answered with {status}.")
        count += 1
    return count
