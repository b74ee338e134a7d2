import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def waited(look: Callable[[], T | None], what: str, seconds: float = 20) -> T:
    """What `look` finds, as soon as it finds anything."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"Waited {seconds} s for {what}.")
        time.sleep(0.05)
    return found
