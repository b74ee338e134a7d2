"""Each page in the log and in the metrics, by its route: a path may carry a token."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from core import logs, metrics

logger = logging.getLogger("parley.requests")


class RequestMiddleware:
    """Stands before all others. Its lines name the request; the answer carries that name too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - began
        if name := logs.facts().get("request"):
            response.headers["X-Request-ID"] = name
        metrics.requests.labels(f"{response.status_code // 100}xx").observe(seconds)
        _tell(request, response.status_code, seconds)
        return response


def _tell(request: HttpRequest, status: int, seconds: float) -> None:
    if logger.isEnabledFor(logging.INFO):
        match = request.resolver_match
        told = {"method": request.method, "status": status, "ms": round(seconds * 1000, 1)}
        logger.info("%s", match.route if match else "no such page", extra={"facts": told})
