"""Helpers for tests of every layer."""

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher

#: Seconds after which what should happen counts as not happening: machines that run tests are busy.
PATIENCE = 15


class QuickArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2 with the least work, since a test's password protects nobody."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1


async def until(true: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """What is looked for, as soon as it is there: `true` is asked again and again, and may be awaited."""
    async with asyncio.timeout(seconds):
        while not (found := await _asked(true)):
            await asyncio.sleep(0.01)
    return found


async def _asked(true: Callable[[], Any]) -> Any:
    found = true()
    return await found if inspect.isawaitable(found) else found
