"""Tasks that run beside everything else until their owner ends."""

import asyncio
import contextlib


async def end(task: asyncio.Task[None] | None) -> None:
    """Cancel it, and wait until it is gone. Nothing where there is none."""
    if task is None:
        return
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
