"""How long an event takes from publishing to this process's sockets, tried once a second with one of our own."""

import asyncio
import logging
import time
import uuid

import prometheus_client

from core import metrics
from core.realtime import background
from core.realtime.hub import Hub
from core.realtime.packets import Packet

logger = logging.getLogger(__name__)

EVERY = 1.0

seconds = prometheus_client.Histogram(
    "parley_fan_out_seconds",
    "Seconds from publishing an event to its arrival here.",
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
    registry=metrics.registry,
)


class Lag:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._channel = f"lag:{uuid.uuid4().hex}"
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        await background.end(self._task)
        self._hub.leave(self._channel, self)

    def push(self, packet: Packet) -> None:
        seconds.observe(time.monotonic() - float(packet.payload))

    def resync(self) -> None:
        """What was lost is not measured."""

    async def _run(self) -> None:
        await self._hub.join(self._channel, self)
        while True:
            await asyncio.sleep(EVERY)
            self._hub.publish(self._channel, repr(time.monotonic()).encode())
