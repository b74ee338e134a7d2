"""Where the requests arrive, before Django: a frame sent this way costs no more than it must."""

import asyncio
import time
from typing import Any

import msgspec
from django.conf import settings

from core.realtime import refusals
from core.realtime.http.relay import Distant
from core.realtime.http.said import TOO_LONG, Batch, NotTakenError, Said
from core.realtime.http.session import LOST, Session
from core.realtime.http.sessions import Sessions

_BAD_REQUEST = 400
_NOT_ALLOWED = 405
#: Bytes to begin a stream with: who buffers that little lets it pass.
_PADDING = b":" + b" " * 2048 + b"\n\n"
_PING = b"event: ping\ndata:\n\n"

_decoder = msgspec.json.Decoder(Said)
_HEADERS = [
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
_STREAM = [*_HEADERS, (b"content-type", b"text/event-stream; charset=utf-8")]
_TEXT = [*_HEADERS, (b"content-type", b"text/plain; charset=utf-8")]


class Door:
    """Answers `<path of a socket>/stream`, `/poll`, `/frames` and `/close`; all else goes to `otherwise`."""

    def __init__(self, sessions: Sessions, otherwise: Any) -> None:
        self._sessions = sessions
        self._otherwise = otherwise
        self._deeds = {
            "stream": self._stream,
            "poll": self._poll,
            "frames": self._frames,
            "close": self._close,
        }

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        path, _, name = scope["path"].rpartition("/")
        if name not in self._deeds or not path.startswith("/live/"):
            await self._otherwise(scope, receive, send)
            return
        try:
            if scope["method"] != "POST":
                raise NotTakenError(_NOT_ALLOWED)
            said = _decoder.decode(await _body(receive))
            await self._deeds[name](path, said, scope, receive, send)
        except NotTakenError as trouble:
            await _refuse(send, trouble)
        except refusals.UNREADABLE:
            await _refuse(send, NotTakenError(_BAD_REQUEST))

    async def _frames(self, path: str, said: Said, scope: Any, receive: Any, send: Any) -> None:
        session = await self._sessions.find(path, said.session)
        await session.take(said.heard, said.number, [bytes(frame) for frame in said.frames])
        await _answer(send, 204)

    async def _close(self, path: str, said: Said, scope: Any, receive: Any, send: Any) -> None:
        session = await self._sessions.find(path, said.session)
        await session.leave()
        await _answer(send, 204)

    async def _poll(self, path: str, said: Said, scope: Any, receive: Any, send: Any) -> None:
        """Everything there is by now, or the first thing that comes."""
        if not said.session:
            session = await self._sessions.begin(path, scope)
            await _answer(send, 200, _named(session))
            return
        batch = await (await self._found(path, said)).fetch(said.heard, settings.PING_INTERVAL)
        await _answer(send, 200, _written(batch))

    async def _stream(self, path: str, said: Said, scope: Any, receive: Any, send: Any) -> None:
        """Everything as it comes, until the client goes or the time for one stream is up."""
        if said.session:
            session, start = await self._found(path, said), _PADDING
        else:
            session = await self._sessions.begin(path, scope)
            start = _PADDING + _named(session)
        await send({"type": "http.response.start", "status": 200, "headers": _STREAM})
        await send({"type": "http.response.body", "body": start, "more_body": True})
        gone = asyncio.ensure_future(receive())
        try:
            await _pour(session, said.heard, gone, send)
        finally:
            gone.cancel()
        await send({"type": "http.response.body", "body": b""})

    async def _found(self, path: str, said: Said) -> Session | Distant:
        session = await self._sessions.find(path, said.session)
        await session.take(said.heard, 1, ())
        return session


async def _pour(session: Session | Distant, after: int, gone: asyncio.Future[Any], send: Any) -> None:
    """Write batch after batch; a ping now and then asks the client for a sign of life."""
    ends_at = time.monotonic() + settings.HTTP_STREAM_SECONDS
    ping_at = time.monotonic() + settings.PING_INTERVAL
    while (now := time.monotonic()) < ends_at:
        if now >= ping_at:
            ping_at = now + settings.PING_INTERVAL
            await send({"type": "http.response.body", "body": _PING, "more_body": True})
        batch = await _next(session, after, min(ping_at, ends_at) - now, gone)
        if batch is None:
            return
        if text := _written(batch):
            after = batch.first + len(batch.frames) - 1
            await send({"type": "http.response.body", "body": text, "more_body": True})
        if batch.code is not None:
            return


async def _next(
    session: Session | Distant, after: int, wait: float, gone: asyncio.Future[Any]
) -> Batch | None:
    """The next batch, or None once the client is gone."""
    fetching = asyncio.ensure_future(session.fetch(after, max(wait, 0.01)))
    await asyncio.wait({fetching, gone}, return_when=asyncio.FIRST_COMPLETED)
    if not fetching.done():
        fetching.cancel()
        await asyncio.gather(fetching, return_exceptions=True)
        return None
    try:
        return fetching.result()
    except NotTakenError as trouble:
        return Batch(after + 1, [], trouble.code or LOST)


async def _body(receive: Any) -> bytes:
    parts = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise NotTakenError(_BAD_REQUEST)
        parts += message.get("body", b"")
        if len(parts) > settings.HTTP_BODY_LIMIT:
            raise NotTakenError(TOO_LONG)
        if not message.get("more_body"):
            return parts


def _named(session: Session) -> bytes:
    return b"event: session\ndata: " + session.name.encode() + b"\n\n"


def _written(batch: Batch) -> bytes:
    parts = [b"id: %d\ndata: %s\n\n" % numbered for numbered in enumerate(batch.frames, batch.first)]
    if batch.code is not None:
        parts.append(b"event: close\ndata: %d\n\n" % batch.code)
    return b"".join(parts)


async def _refuse(send: Any, trouble: NotTakenError) -> None:
    await _answer(send, trouble.status, b"" if trouble.code is None else str(trouble.code).encode())


async def _answer(send: Any, status: int, body: bytes = b"") -> None:
    length = [] if status == 204 else [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*_TEXT, *length]})
    await send({"type": "http.response.body", "body": body})
