"""What every page goes through that is not of one app: the log, the metrics, the policy."""

import functools
import logging
import time
from collections.abc import Callable
from dataclasses import asdict

from csp import constants, middleware, utils
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from core import logs, metrics

logger = logging.getLogger("parley.requests")


class RequestMiddleware:
    """Each page in the log and in the metrics, by its route: a path may carry a token. Stands before all others."""

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


class PolicyMiddleware(middleware.CSPMiddleware):
    """Content-Security-Policy: the usual one is made once, one that a view has changed for its page alone."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        own = hasattr(request, "_csp_nonce") or any(name.startswith("_csp") for name in vars(response))
        if own:
            changed: HttpResponseBase = super().process_response(request, response)
            return changed
        response.headers.setdefault(constants.HEADER, self._usual)
        return response

    @functools.cached_property
    def _usual(self) -> str:
        parts = self.get_policy_parts(request=HttpRequest(), response=HttpResponse())
        return str(utils.build_policy(**asdict(parts)))
