"""A pipe to Valkey that tests can cut and close, since the real one serves other tests as well."""

import asyncio
from pathlib import Path
from typing import Any

from redis.connection import parse_url


class Valve:
    def __init__(self, url: str, path: Path) -> None:
        self._target = parse_url(url)
        self._path = path
        self.url = f"unix://{path}?db={self._target.get('db', 0)}"
        #: One for each connection there ever was, in their order: the hub's subscriber comes first.
        self.connections: list[asyncio.StreamWriter] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        self._server = await asyncio.start_unix_server(self._connected, self._path)

    async def close(self) -> None:
        """Valkey is away."""
        self._server.close()
        self._path.unlink(missing_ok=True)
        self.cut()
        await asyncio.sleep(0)

    def cut(self, *places: int) -> None:
        """End these connections, or all."""
        for place, writer in enumerate(self.connections):
            if not places or place in places:
                writer.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections.append(writer)
        inner_reader, inner_writer = await self._reach()
        for task in (self._pour(reader, inner_writer), self._pour(inner_reader, writer)):
            self._tasks.add(started := asyncio.create_task(task))
            started.add_done_callback(self._tasks.discard)

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if "path" in self._target:
            return await asyncio.open_unix_connection(self._target["path"])
        host: Any = self._target.get("host", "localhost")
        return await asyncio.open_connection(host, self._target.get("port", 6379))

    async def _pour(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
        finally:
            writer.close()
