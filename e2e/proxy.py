"""A network in the way: a proxy that lets no WebSocket live, keeps streams back, and cuts what it likes."""

import asyncio
import contextlib
import re
import threading
from typing import Literal, Self

Trouble = Literal["refuses WebSockets", "kills WebSockets", "buffers streams"]

_REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Proxy:
    """Between browsers and the server on this port; each connection carries one request."""

    def __init__(self, host: str, port: int, trouble: Trouble) -> None:
        self._target = host, port
        self.trouble = trouble
        self._loop = asyncio.new_event_loop()
        self._clients: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._to_halve = 0
        #: The first line of every request.
        self.asked: list[str] = []

    def __enter__(self) -> Self:
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        started.wait(5)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    @property
    def url(self) -> str:
        return f"http://{self._target[0]}:{self._port}"

    def requests(self, ending: str) -> int:
        """How many went to an address that ends like this."""
        return sum(f"{ending} " in line for line in self.asked)

    def cut(self) -> None:
        """End everything that is under way."""
        self._loop.call_soon_threadsafe(self._cut)

    def halve(self, answers: int) -> None:
        """Of the next so many pieces that frames come down in, let half through and cut the connection."""
        self._to_halve = answers

    def _cut(self) -> None:
        for client in list(self._clients):
            client.transport.abort()

    def _run(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._begin, self._target[0], 0))
        self._port = server.sockets[0].getsockname()[1]
        started.set()
        self._loop.run_forever()
        server.close()
        self._cut()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.close()

    def _begin(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        task = self._loop.create_task(self._serve(reader, client))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        self._clients.add(client)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            self.asked.append(head.partition(b"\r\n")[0].decode())
            if _is_upgrade(head) and self.trouble != "kills WebSockets":
                client.write(_REFUSED)
                await client.drain()
            else:
                await self._pass_on(head, reader, client)
        except (OSError, asyncio.IncompleteReadError):
            # Cut: by us, by the browser, or by a server that is away.
            pass
        finally:
            self._clients.discard(client)
            client.close()

    async def _pass_on(self, head: bytes, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        answers, server = await asyncio.open_connection(*self._target)
        upwards = None
        try:
            server.write(head if _is_upgrade(head) else _once(head))
            upwards = asyncio.create_task(_pour(reader, server))
            if _is_upgrade(head):
                client.write(await answers.readuntil(b"\r\n\r\n"))
                await client.drain()
            else:
                await self._answer(head, answers, client)
        finally:
            if upwards:
                upwards.cancel()
            server.close()

    async def _answer(self, head: bytes, answers: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        brings_frames = re.match(rb"POST /live/\S+/(stream|poll) ", head) is not None
        kept = b""
        while data := await answers.read(65536):
            if brings_frames and self._to_halve and b"data: {" in data:
                self._to_halve -= 1
                client.write(kept + data[: len(data) // 2])
                await client.drain()
                return
            if self.trouble == "buffers streams":
                kept += data
            else:
                client.write(data)
                await client.drain()
        client.write(kept)
        await client.drain()


def _is_upgrade(head: bytes) -> bool:
    return re.search(rb"\r\nupgrade: *websocket", head, re.IGNORECASE) is not None


def _once(head: bytes) -> bytes:
    """The same request, after which the connection ends."""
    return re.sub(rb"(?i)\r\nconnection:[^\r]*", b"", head[:-2]) + b"Connection: close\r\n\r\n"


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
