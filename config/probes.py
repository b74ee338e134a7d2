"""What machines ask of a process: does it live, is it ready, what has it counted."""

import hmac
import json
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings

from config import proxies, readiness
from core import metrics


class Answer(NamedTuple):
    status: int
    type: str
    body: bytes


class Probe(NamedTuple):
    #: Told who asks, by address and by the Authorization header.
    answer: Callable[[str, str], Answer]
    #: Whether it asks a store and may have to wait.
    waits: bool


def at(path: str) -> "Probe | None":
    return _PROBES.get(path)


def _healthz(address: str, authorization: str) -> Answer:
    return _json(200, {"status": "ok"})


def _readyz(address: str, authorization: str) -> Answer:
    missing = readiness.missing()
    return _json(503 if missing else 200, {"status": "not ready" if missing else "ready", "missing": missing})


def _metrics(address: str, authorization: str) -> Answer:
    if not _may_read_metrics(address, authorization):
        return Answer(404, "text/plain", b"Not found.\n")
    return Answer(200, metrics.CONTENT_TYPE, metrics.render())


def _may_read_metrics(address: str, authorization: str) -> bool:
    token = settings.METRICS_TOKEN
    if token and hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode()):
        return True
    return proxies.within(address, settings.METRICS_NETWORKS)


def _json(status: int, content: dict[str, object]) -> Answer:
    return Answer(status, "application/json", json.dumps(content).encode() + b"\n")


_PROBES = {
    "/healthz": Probe(_healthz, waits=False),
    "/readyz": Probe(_readyz, waits=True),
    "/metrics": Probe(_metrics, waits=True),
}
