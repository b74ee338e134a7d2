"""The hub: one per process. Brings an event to every socket of this process that listens to its channel.

One connection to subscribe, one to publish, one for what has an answer; a channel is subscribed while somebody
here listens. When Valkey was away, every member is told to compare numbers: events are hints, rows are the truth.
"""

import asyncio
import collections
import contextlib
import logging
from collections.abc import Callable
from typing import Any, Protocol

from core.realtime import background, wire
from core.realtime.packets import Packet

logger = logging.getLogger(__name__)

#: Seconds to wait for Valkey to say that a channel is subscribed.
_CONFIRMED_WITHIN = 2


class Member(Protocol):
    """Somebody who listens to channels."""

    def push(self, packet: Packet) -> None: ...

    def resync(self) -> None: ...


class Hub:
    def __init__(self, url: str) -> None:
        self._url = url
        self._channels: dict[bytes, dict[int, Member]] = {}
        self._confirmed: dict[bytes, asyncio.Event] = {}
        #: Subscriptions under way: of one that was given up and begun again, the last counts.
        self._subscribing: collections.Counter[bytes] = collections.Counter()
        self._subscriber: wire.Wire | None = None
        self._publisher: wire.Wire | None = None
        self._caller: wire.Wire | None = None
        self._lost = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None
        #: One for each command under way, in their order; None where nobody waits for the answer.
        self._calls: collections.deque[asyncio.Future[Any] | None] = collections.deque()

    async def start(self) -> None:
        """Connect, and stay connected until `stop`."""
        await self._connect()
        self._keeper = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        await background.end(self._keeper)
        self._close()

    async def join(self, channel: str, member: Member) -> None:
        """From the return on, everything published on the channel reaches the member."""
        name = channel.encode()
        members = self._channels.get(name)
        if members is None:
            members = self._channels[name] = {}
            self._confirmed[name] = asyncio.Event()
            if self._subscriber is not None:
                self._subscribe(self._subscriber, name)
        members[id(member)] = member
        confirmed = self._confirmed[name]
        if not confirmed.is_set():
            # While Valkey is away nothing is published either; the resync after it heals.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(confirmed.wait(), _CONFIRMED_WITHIN)

    def leave(self, channel: str, member: Member) -> None:
        name = channel.encode()
        members = self._channels.get(name)
        if members is None:
            return
        members.pop(id(member), None)
        if not members:
            del self._channels[name], self._confirmed[name]
            if self._subscriber is not None:
                self._subscriber.command("UNSUBSCRIBE", name)

    def _subscribe(self, subscriber: wire.Wire, name: bytes) -> None:
        self._subscribing[name] += 1
        subscriber.command("SUBSCRIBE", name)

    def publish(self, channel: str, payload: bytes) -> None:
        """Tell every process; publishes of one turn of the loop leave together."""
        if self._publisher is not None:
            self._publisher.command("PUBLISH", channel, payload)

    async def call(self, *words: str | bytes | int) -> Any:
        """Any other command, with its answer; raises ConnectionError while Valkey is away."""
        if self._caller is None or not self._caller.is_open:
            raise ConnectionError("Valkey is away.")
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._calls.append(answer)
        self._caller.command(*words)
        return await answer

    async def _connect(self) -> None:
        self._lost.clear()
        self._subscribing.clear()
        self._subscriber = await wire.connect(self._url, self._heard, self._lost.set)
        self._publisher = await wire.connect(self._url, _ignore, self._lost.set)
        # An answer to each event would wake the process once more for nothing.
        self._publisher.command("CLIENT", "REPLY", "OFF")
        self._caller = await wire.connect(self._url, self._answered, self._lost.set)
        # AUTH and SELECT of the connection answer first.
        self._calls.extend([None] * self._preamble())
        for name, confirmed in self._confirmed.items():
            confirmed.clear()
            self._subscribe(self._subscriber, name)

    def _preamble(self) -> int:
        parts = wire.address(self._url)
        return bool(parts.get("password")) + bool(parts.get("db"))

    async def _keep(self) -> None:
        while True:
            await self._lost.wait()
            logger.warning("The connection to Valkey is lost; trying again.")
            while not await self._connected_again():
                await asyncio.sleep(0.25)
            await self._subscribed()
            for member in self._all_members():
                _tell(member.resync)

    async def _subscribed(self) -> None:
        """Who compares numbers must hear what is published afterwards."""
        waiting = [confirmed.wait() for confirmed in self._confirmed.values()]
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*waiting), _CONFIRMED_WITHIN)

    async def _connected_again(self) -> bool:
        self._close()
        try:
            await self._connect()
        except OSError:
            return False
        return True

    def _close(self) -> None:
        for connection in (self._subscriber, self._publisher, self._caller):
            if connection is not None:
                connection.close()
        self._subscriber = self._publisher = self._caller = None
        self._give_up_calls()

    def _give_up_calls(self) -> None:
        calls, self._calls = self._calls, collections.deque()
        for call in calls:
            if call is not None and not call.done():
                call.set_exception(ConnectionError("Valkey is away."))

    def _all_members(self) -> list[Member]:
        found = {key: member for members in self._channels.values() for key, member in members.items()}
        return list(found.values())

    def _heard(self, message: Any) -> None:
        if not isinstance(message, list):
            return
        if message[0] == b"message":
            members = self._channels.get(message[1])
            if members:
                packet = Packet(message[2])
                for member in tuple(members.values()):
                    _tell(member.push, packet)
        elif message[0] == b"subscribe":
            self._hear_subscribed(message[1])

    def _hear_subscribed(self, name: bytes) -> None:
        self._subscribing[name] -= 1
        if self._subscribing[name] <= 0:
            del self._subscribing[name]
            if name in self._confirmed:
                self._confirmed[name].set()

    def _answered(self, reply: Any) -> None:
        call = self._calls.popleft() if self._calls else None
        if call is None or call.done():
            return
        if isinstance(reply, Exception):
            call.set_exception(reply)
        else:
            call.set_result(reply)


def _ignore(reply: Any) -> None:
    """Publishing has no answer worth reading."""


def _tell(hear: Callable[..., None], *what: Packet) -> None:
    try:
        hear(*what)
    except Exception:
        # One who cannot be told must not keep the others from hearing.
        logger.exception("A member could not be told.")
