"""How much one socket may ask."""

import time


class Bucket:
    """So many at once, refilled at so many a second (a token bucket)."""

    __slots__ = ("_at", "_left", "_most", "_rate")

    def __init__(self, rate: float, most: int) -> None:
        self._rate = rate
        self._most = most
        self._left = float(most)
        self._at = time.monotonic()

    def take(self) -> bool:
        """Whether there was one left."""
        now = time.monotonic()
        self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True

    @property
    def refilled_in(self) -> float:
        """Seconds until there is one again."""
        return max(0.0, (1 - self._left) / self._rate)
