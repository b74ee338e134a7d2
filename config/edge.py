"""The outermost layer of both servers: who asks, under which name it is logged, and what is answered before Django.

A load balancer asks for /healthz and /readyz by address, without a host name and without HTTPS, and must be
answered while everything behind is busy.
"""

import re
import uuid
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any, NamedTuple

from django.conf import settings

from config import probes, proxies
from core import logs
from core.realtime import pool

_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")
#: Bytes of one request. What a form takes, and says where it is more, is far below: this is what nobody has read.
BODY_LIMIT = 50_000_000
_TOO_LONG = probes.Answer(413, "text/plain", b"At most 50 MB.")
_COMPANY = re.compile(r"^/(?:live/)?c/(\d{8})/")
#: What only a proxy of ours may say.
_SAID_BY_PROXIES = (b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"x-request-id")
_IN_WSGI = [f"HTTP_{name.decode().upper().replace('-', '_')}" for name in _SAID_BY_PROXIES]

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Origin(NamedTuple):
    """Where a request comes from, and its name in the logs."""

    address: str
    is_proxied: bool
    name: str


def origin(peer: str, forwarded: str, name: str) -> Origin:
    if not settings.TRUSTED_PROXIES or not proxies.within(peer, settings.TRUSTED_PROXIES):
        return Origin(peer, False, uuid.uuid4().hex)
    known = name if _ID.match(name) else uuid.uuid4().hex
    return Origin(proxies.farthest(peer, forwarded, settings.TRUSTED_PROXIES), True, known)


def wsgi(application: Wsgi) -> Wsgi:
    """Pages."""

    def answer(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        said = [
            environ.get(name, "") for name in ("REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "HTTP_X_REQUEST_ID")
        ]
        found = origin(*said)
        environ["REMOTE_ADDR"] = found.address
        if not found.is_proxied:
            for name in _IN_WSGI:
                environ.pop(name, None)
        path = environ.get("PATH_INFO", "")
        if probe := probes.at(path):
            return _begun(probe.answer(found.address, environ.get("HTTP_AUTHORIZATION", "")), start_response)
        if _is_too_long(environ.get("CONTENT_LENGTH", "")):
            return _begun(_TOO_LONG, start_response)
        with logs.about(request=found.name, company=_company(path)):
            return application(environ, start_response)

    return answer


def _begun(said: probes.Answer, start_response: Callable[..., Any]) -> list[bytes]:
    status = f"{said.status} {HTTPStatus(said.status).phrase}"
    start_response(status, [("Content-Type", said.type), ("Content-Length", str(len(said.body)))])
    return [said.body]


def asgi(application: Callable[..., Any]) -> Callable[..., Any]:
    """Sockets, and in `make run` pages too."""

    async def answer(scope: Environ, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await application(scope, receive, send)
            return
        peer = (scope.get("client") or ("",))[0]
        found = origin(peer, _header(scope, b"x-forwarded-for"), _header(scope, b"x-request-id"))
        _believe(scope, found)
        if scope["type"] == "http" and (probe := probes.at(scope["path"])):
            await _answer(probe, found.address, _header(scope, b"authorization"), send)
            return
        if scope["type"] == "http" and _is_too_long(_header(scope, b"content-length")):
            await _send(_TOO_LONG, send)
            return
        kind = "socket" if scope["type"] == "websocket" else "request"
        with logs.about(**{kind: found.name, "company": _company(scope["path"])}):
            await application(scope, receive, send)

    return answer


def _believe(scope: Environ, found: Origin) -> None:
    if not found.is_proxied:
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] not in _SAID_BY_PROXIES]
        return
    scope["client"] = (found.address, 0)
    if _header(scope, b"x-forwarded-proto") == "https":
        scope["scheme"] = "wss" if scope["type"] == "websocket" else "https"


def _header(scope: Environ, name: bytes) -> str:
    return ",".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


async def _answer(probe: probes.Probe, address: str, authorization: str, send: Any) -> None:
    # What asks a store must not keep the loop waiting.
    said = (
        await pool.run(probe.answer, address, authorization)
        if probe.waits
        else probe.answer(address, authorization)
    )
    await _send(said, send)


async def _send(said: probes.Answer, send: Any) -> None:
    headers = [(b"content-type", said.type.encode()), (b"content-length", str(len(said.body)).encode())]
    await send({"type": "http.response.start", "status": said.status, "headers": headers})
    await send({"type": "http.response.body", "body": said.body})


def _is_too_long(length: str) -> bool:
    return length.isascii() and length.isdecimal() and (len(length) > 18 or int(length) > BODY_LIMIT)


def _company(path: str) -> str:
    found = _COMPANY.match(path)
    return found[1] if found else ""
