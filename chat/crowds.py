"""What one address may have of this process, so that nobody alone can use it up."""

from collections import Counter

from django.conf import settings

from chat import errors
from core.geo import household, is_local
from core.realtime.limits import Bucket

#: Addresses remembered for how many new visitors they brought.
_REMEMBERED = 10_000


class Crowds:
    """Visitors' sockets and new visitors, counted by address. Local networks are let in uncounted."""

    def __init__(self) -> None:
        self._sockets: Counter[str] = Counter()
        self._new: dict[str, Bucket] = {}

    def enter(self, address: str, *, is_new: bool) -> None:
        """One more socket; raises TooManyFromHere. Whoever was let in must leave."""
        if is_local(address):
            return
        address = household(address)
        if self._sockets[address] >= settings.VISITOR_SOCKETS_PER_ADDRESS:
            raise errors.TooManyFromHere
        if is_new and not self._bucket(address).take():
            raise errors.TooManyFromHere
        self._sockets[address] += 1

    def leave(self, address: str) -> None:
        if is_local(address):
            return
        address = household(address)
        self._sockets[address] -= 1
        if self._sockets[address] <= 0:
            del self._sockets[address]

    def _bucket(self, address: str) -> Bucket:
        bucket = self._new.pop(address, None)
        if bucket is None:
            bucket = Bucket(settings.NEW_VISITORS_PER_SECOND, settings.NEW_VISITORS_AT_ONCE)
        # The one not asked for longest goes first; it is full again by then.
        self._new[address] = bucket
        if len(self._new) > _REMEMBERED:
            del self._new[next(iter(self._new))]
        return bucket
