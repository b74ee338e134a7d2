"""A bounded pool of threads for database work of sockets, so that no query ever stalls the event loop."""

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django import db
from django.conf import settings

P = ParamSpec("P")
T = TypeVar("T")

_executor: ThreadPoolExecutor | None = None


def _threads() -> ThreadPoolExecutor:
    global _executor
    if _executor is None:
        _executor = ThreadPoolExecutor(settings.LIVE_THREADS, thread_name_prefix="live")
    return _executor


async def run(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call the function in a thread, in the caller's context; its connection goes back to the pool."""
    inside = contextvars.copy_context()
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads(), inside.run, _call, lambda: function(*args, **kwargs))


def _call(function: Callable[[], T]) -> T:
    db.close_old_connections()
    try:
        return function()
    finally:
        db.close_old_connections()
