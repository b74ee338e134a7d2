"""The visitor board: who is on each company's website now. Lives in Valkey; the socket is the heartbeat.

Each process keeps its own visitors in memory and, while something changes, tells Valkey three times a second
in one step per company. That step counts the version up and publishes the change, so versions never mix.
"""

import asyncio
import contextlib
import logging
import uuid
from typing import Any

import msgspec

from chat import audiences
from core.realtime import packets
from core.realtime.hub import Hub
from core.tenancy import context
from protocol import payloads

logger = logging.getLogger(__name__)

TICK = 1 / 3
#: Seconds a visitor may be away between two pages before the board lets them go.
GRACE = 5.0
#: Seconds after which the visitors of a process that died are gone.
PROCESS_LEASE = 60

# KEYS: version, processes, this process's visitors. ARGV: prefix of the processes' keys, process, lease, channel,
# whom to tell of (as JSON list), then visitor and JSON for each to write, "-" for those who have left here.
# Who has left here but is in another process has not left. A process that died took its visitors along without a
# word: the version then jumps, and whoever listens takes the snapshot again.
_CHANGE = b"""
local changed, left = {}, {}
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local processes = redis.call('SMEMBERS', KEYS[2])
local function elsewhere(visitor)
    for _, process in ipairs(processes) do
        local found = process ~= ARGV[2] and redis.call('HGET', ARGV[1] .. process, visitor)
        if found then return found end
    end
end
for i = 6, #ARGV, 2 do
    if ARGV[i + 1] == '-' then
        redis.call('HDEL', KEYS[3], ARGV[i])
        local found = elsewhere(ARGV[i])
        if found then changed[#changed + 1] = found
        else left[#left + 1] = '{"visitor":"' .. ARGV[i] .. '","at":' .. now .. '}' end
    else redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1]) end
end
if redis.call('EXISTS', KEYS[3]) == 1 then
    redis.call('SADD', KEYS[2], ARGV[2])
    redis.call('EXPIRE', KEYS[3], ARGV[3])
else redis.call('SREM', KEYS[2], ARGV[2]) end
for _, process in ipairs(processes) do
    if process ~= ARGV[2] and redis.call('EXISTS', ARGV[1] .. process) == 0 then
        redis.call('SREM', KEYS[2], process)
        redis.call('INCR', KEYS[1])
    end
end
if ARGV[5] ~= '' then changed[#changed + 1] = ARGV[5] end
local version = redis.call('INCR', KEYS[1])
redis.call('PUBLISH', ARGV[4], '{"type":"board.changed","base":' .. (version - 1) .. ',"version":' .. version
    .. ',"changed":[' .. table.concat(changed, ',') .. '],"moved":[],"left":[' .. table.concat(left, ',') .. ']}')
return version
"""
# KEYS: version, processes. ARGV: prefix of the processes' keys. Returns the version and everybody's JSON.
_READ = b"""
local found = {redis.call('GET', KEYS[1]) or '0'}
for _, process in ipairs(redis.call('SMEMBERS', KEYS[2])) do
    for _, visitor in ipairs(redis.call('HVALS', ARGV[1] .. process)) do found[#found + 1] = visitor end
end
return found
"""
_decoder = msgspec.json.Decoder(payloads.BoardVisitor)


class _Site:
    """One company's visitors in this process."""

    def __init__(self, schema: str) -> None:
        self.schema = schema
        self.visitors: dict[str, payloads.BoardVisitor] = {}
        self.sockets: dict[str, int] = {}
        self.leaving: dict[str, asyncio.TimerHandle] = {}
        self.changed: set[str] = set()
        self.renew_at = 0.0


class Board:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._process = uuid.uuid4().hex
        self._sites: dict[str, _Site] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Take everybody who is here off the board: they come back to another process."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        for site in list(self._sites.values()):
            site.changed |= set(site.visitors)
            site.visitors.clear()
            await self._flush(site, 0)

    def count(self) -> int:
        return sum(len(site.visitors) for site in list(self._sites.values()))

    def enter(self, visitor: payloads.BoardVisitor) -> None:
        """A socket of the visitor is here, in the company one is in."""
        site = self._sites.setdefault(context.schema(), _Site(context.schema()))
        site.sockets[visitor.visitor] = site.sockets.get(visitor.visitor, 0) + 1
        if leaving := site.leaving.pop(visitor.visitor, None):
            leaving.cancel()
        before = site.visitors.get(visitor.visitor)
        if before is not None:
            visitor = msgspec.structs.replace(visitor, entered_at=before.entered_at)
        self._put(site, visitor)

    def move(self, visitor_id: str, page: payloads.Page) -> None:
        """The visitor looks at another page."""
        site = self._sites.get(context.schema())
        if site is not None and visitor_id in site.visitors:
            self._put(site, msgspec.structs.replace(site.visitors[visitor_id], page=page))

    def leave(self, visitor_id: str) -> None:
        """A socket of the visitor is gone; after a moment without another one they have left."""
        site = self._sites[context.schema()]
        site.sockets[visitor_id] -= 1
        if site.sockets[visitor_id] == 0:
            loop = asyncio.get_running_loop()
            site.leaving[visitor_id] = loop.call_later(GRACE, self._let_go, site, visitor_id)

    async def opened(self) -> tuple[int, list[payloads.BoardVisitor]]:
        """The version and everybody who is there, of the company one is in."""
        schema = context.schema()
        keys = (_key(schema, "version"), _key(schema, "processes"))
        found = await self._hub.call("EVAL", _READ, 2, *keys, _key(schema, "process", ""))
        newest = {visitor.visitor: visitor for visitor in map(_decoder.decode, found[1:])}
        return int(found[0]), list(newest.values())

    def _put(self, site: _Site, visitor: payloads.BoardVisitor) -> None:
        site.visitors[visitor.visitor] = visitor
        site.changed.add(visitor.visitor)

    def _let_go(self, site: _Site, visitor_id: str) -> None:
        del site.sockets[visitor_id], site.leaving[visitor_id]
        site.visitors.pop(visitor_id, None)
        site.changed.add(visitor_id)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(TICK)
            for site in list(self._sites.values()):
                if site.changed or loop.time() > site.renew_at:
                    await self._flush(site, loop.time())

    async def _flush(self, site: _Site, now: float) -> None:
        if not site.visitors and not site.changed:
            del self._sites[site.schema]
            return
        changed, site.changed = site.changed, set()
        # A renewal writes everybody again, so a Valkey that was emptied is full again within a lease.
        written = set(site.visitors) | changed if now > site.renew_at else changed
        try:
            await self._hub.call("EVAL", _CHANGE, 3, *self._words(site, changed, written))
        except Exception as error:
            site.changed |= changed
            logger.warning("The board could not be told: %s", type(error).__name__)
            return
        if now > site.renew_at:
            site.renew_at = now + PROCESS_LEASE / 2

    def _words(self, site: _Site, changed: set[str], written: set[str]) -> list[Any]:
        here = [site.visitors[key] for key in changed if key in site.visitors]
        with context.entered(site.schema):
            channel = audiences.board()
        words: list[Any] = [
            _key(site.schema, "version"), _key(site.schema, "processes"), _key(site.schema, "process", self._process),
            _key(site.schema, "process", ""), self._process, PROCESS_LEASE, channel,
            packets.encoder.encode(here)[1:-1],
        ]  # fmt: skip
        for key in written:
            visitor = site.visitors.get(key)
            words += [key, packets.encoder.encode(visitor) if visitor else "-"]
        return words


def _key(schema: str, *parts: str) -> str:
    return ":".join([schema, "board", *parts])
