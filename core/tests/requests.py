"""A client of sockets over plain HTTP, in the same process as the server's side."""

import asyncio
import contextlib
import json
from typing import Any

from core.realtime.http.door import Door
from core.realtime.http.sessions import Sessions
from core.testing import PATIENCE


class Answer:
    """What an ASGI application answers one request with, as it comes."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.text = ""
        self.is_whole = False
        self.news = asyncio.Event()

    async def take(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        else:
            self.text += message.get("body", b"").decode()
            self.is_whole = not message.get("more_body")
        self.news.set()


class Request:
    """Under way from the start; `cut` is the network's doing."""

    def __init__(self, application: Any, path: str, body: bytes, **scope: Any) -> None:
        self.answer = Answer()
        self._inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._inbox.put_nowait({"type": "http.request", "body": body})
        whole = {"type": "http", "method": "POST", "path": path, "headers": [], **scope}
        self.task = asyncio.create_task(application(whole, self._inbox.get, self.answer.take))

    async def done(self) -> Answer:
        async with asyncio.timeout(PATIENCE):
            await self.task
        return self.answer

    async def cut(self) -> None:
        self._inbox.put_nowait({"type": "http.disconnect"})
        await self.done()


async def nothing_else(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 418, "headers": []})
    await send({"type": "http.response.body", "body": b""})


class Wire:
    """Behaves like Channels' WebsocketCommunicator; `stream` or `poll` is how frames come down."""

    def __init__(self, sessions: Sessions, path: str, headers: Any = (), *, down: str = "stream") -> None:
        self.path = path
        self.down = down
        self.session = ""
        self.heard = 0
        self.said = 0
        self.application = Door(sessions, nothing_else)
        self._headers = list(headers)
        self._frames: asyncio.Queue[str] = asyncio.Queue()
        self._code: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._reading: asyncio.Task[None] | None = None
        self.request: Request | None = None

    def ask(self, deed: str, **fields: Any) -> Request:
        body = json.dumps(fields).encode()
        return Request(self.application, f"{self.path}/{deed}", body, headers=self._headers)

    async def connect(self) -> None:
        self.listen()
        async with asyncio.timeout(PATIENCE):
            while not self.session:
                await asyncio.sleep(0.01)

    def listen(self) -> None:
        """Begin to read what comes down, from the last number heard."""
        self._reading = asyncio.create_task(self._read())

    async def cut(self) -> None:
        """The network ends what is under way; nothing is heard until `listen`."""
        if self._reading:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)
        if self.request and not self.request.task.done() and self.down == "stream":
            await self.request.cut()

    async def send_to(self, text_data: str) -> None:
        answer = await self.post([text_data], self.said + 1)
        assert answer.status == 204
        self.said += 1

    async def post(self, frames: list[str], number: int, **fields: Any) -> Answer:
        whole = {"session": self.session, "heard": self.heard, "number": number, **fields}
        text = json.dumps(whole)[:-1] + ', "frames": [' + ",".join(frames) + "]}"
        return await Request(self.application, f"{self.path}/frames", text.encode()).done()

    async def receive_from(self, timeout: float = PATIENCE) -> str:
        async with asyncio.timeout(timeout):
            return await self._frames.get()

    async def receive_output(self, timeout: float = PATIENCE) -> dict[str, Any]:
        """A frame, or that the server closed, as ASGI says it."""
        getting: asyncio.Future[Any] = asyncio.ensure_future(self._frames.get())
        either: set[asyncio.Future[Any]] = {getting, self._code}
        async with asyncio.timeout(timeout):
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if getting.done():
            return {"type": "websocket.send", "text": getting.result()}
        getting.cancel()
        return {"type": "websocket.close", "code": self._code.result()}

    async def disconnect(self) -> None:
        await self.cut()
        if self.session:
            await self.ask("close", session=self.session).done()

    async def _read(self) -> None:
        with contextlib.suppress(TimeoutError):
            while not self._code.done():
                self.request = self.ask(self.down, session=self.session, heard=self.heard)
                await self._follow(self.request)

    async def _follow(self, request: Request) -> None:
        read = 0
        while True:
            await request.answer.news.wait()
            request.answer.news.clear()
            *events, _ = request.answer.text.split("\n\n")
            for event in events[read:]:
                self._hear(dict(line.partition(": ")[::2] for line in event.split("\n")))
            read = len(events)
            if request.answer.is_whole:
                await request.done()
                return

    def _hear(self, event: dict[str, str]) -> None:
        kind = event.get("event")
        if kind == "session":
            self.session = event["data"]
        elif kind == "close":
            self._code.set_result(int(event["data"]))
        elif "id" in event:
            assert int(event["id"]) == self.heard + 1
            self.heard += 1
            self._frames.put_nowait(event["data"])
