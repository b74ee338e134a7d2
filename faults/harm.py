"""The faults: each breaks one thing, lasts as long as it must, and ends with nothing in its way any more."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable

from faults.product import Product
from faults.scene import Scene


class Skipped(Exception):
    """This machine does not let us."""


#: Does it, and says what was done.
Fault = Callable[[Scene], Awaitable[str]]

#: Seconds for which a server is away, frozen or without room.
AWAY = 5.0
FROZEN = 15.0
#: Of everybody's sockets, how many are cut at once.
CUT = 0.3


async def live_killed(scene: Scene) -> str:
    return _killed(scene.product, "live")


async def worker_killed(scene: Scene) -> str:
    return _killed(scene.product, "worker")


async def beat_killed(scene: Scene) -> str:
    return _killed(scene.product, "beat")


async def live_frozen(scene: Scene) -> str:
    return await _frozen(scene.product, "live", FROZEN)


async def backend_killed(scene: Scene) -> str:
    """PostgreSQL then ends all its backends and recovers."""
    with scene.product.database() as database:
        found = database.execute(
            "SELECT pid, application_name FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY pid"
        ).fetchall()
    pid, name = scene.dice.choice(found)
    os.kill(pid, signal.SIGKILL)
    return f"kill -9 of one of {len(found)} backends ({name or 'unnamed'})"


async def postmaster_killed(scene: Scene) -> str:
    return _killed(scene.product, "postgres")


async def postgres_stopped(scene: Scene) -> str:
    with scene.product.held_down("postgres", signal.SIGINT):
        await asyncio.sleep(AWAY)
    return f"stopped, started after {AWAY:.0f} s"


async def valkey_killed(scene: Scene) -> str:
    return _killed(scene.product, "valkey")


async def valkey_stopped(scene: Scene) -> str:
    with scene.product.held_down("valkey", signal.SIGTERM):
        await asyncio.sleep(AWAY)
    return f"stopped, started after {AWAY:.0f} s"


async def valkey_frozen(scene: Scene) -> str:
    return await _frozen(scene.product, "valkey", AWAY)


async def valkey_flushed(scene: Scene) -> str:
    with scene.product.valkey() as valkey:
        keys = valkey.dbsize()
        valkey.flushall()
    return f"FLUSHALL of {keys} keys"


async def valkey_lost_everything(scene: Scene) -> str:
    """Stopped, its data gone, started."""
    with scene.product.valkey() as valkey:
        valkey.flushall()
    with scene.product.held_down("valkey", signal.SIGKILL):
        await asyncio.sleep(1)
    return "FLUSHALL and kill -9, started after 1 s"


async def frames_cut(scene: Scene) -> str:
    """Half a frame and then nothing; or a reset while the server speaks."""
    chosen = [person for person in scene.people if scene.dice.random() < CUT]
    ways = [scene.dice.random() < 0.5 for _ in chosen]
    cuts = [
        person.line.cut_in_half() if way else person.line.reset_in_a_frame()
        for person, way in zip(chosen, ways, strict=True)
    ]
    done = await asyncio.gather(*cuts)
    halves = sum(1 for way, cut in zip(ways, done, strict=True) if way and cut)
    return f"{halves} sockets after half a frame, {sum(done) - halves} reset within one of the server's"


async def disk_full(scene: Scene) -> str:
    product = scene.product
    if not product.has_own_disk:
        raise Skipped("no small file system may be mounted here")
    with product.full_disk() as free:
        await asyncio.sleep(AWAY * 1.6)
    return f"{free >> 20} MB filled for {AWAY * 1.6:.0f} s"


async def live_killed_without_disk(scene: Scene) -> str:
    """The disk is full and then something has to be started again."""
    product = scene.product
    if not product.has_own_disk:
        raise Skipped("no small file system may be mounted here")
    with product.full_disk():
        await asyncio.sleep(1)
        product.kill("live")
        await asyncio.sleep(AWAY)
    return f"kill -9 of live on a full disk, room after {AWAY:.0f} s"


def _killed(product: Product, name: str) -> str:
    pid = product.pids[name]
    product.kill(name)
    return f"kill -9 of {pid}"


async def _frozen(product: Product, name: str, seconds: float) -> str:
    with product.frozen(name):
        await asyncio.sleep(seconds)
    return f"stood still for {seconds:.0f} s"


FAULTS: dict[str, Fault] = {
    "live_killed": live_killed,
    "worker_killed": worker_killed,
    "beat_killed": beat_killed,
    "live_frozen": live_frozen,
    "postgres_backend_killed": backend_killed,
    "postgres_killed": postmaster_killed,
    "postgres_stopped": postgres_stopped,
    "valkey_killed": valkey_killed,
    "valkey_stopped": valkey_stopped,
    "valkey_frozen": valkey_frozen,
    "valkey_flushed": valkey_flushed,
    "valkey_emptied_and_killed": valkey_lost_everything,
    "frames_cut": frames_cut,
    "disk_full": disk_full,
    "disk_full_live_killed": live_killed_without_disk,
}
#: For a short run: one of each kind.
QUICK = ("frames_cut", "live_killed", "valkey_emptied_and_killed", "postgres_backend_killed")
