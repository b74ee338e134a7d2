"""The sockets of this process: counted for whoever watches, and told to move when the process ends."""

import asyncio
import collections
from typing import ClassVar, Protocol

#: Close code: connect again at once, to another process.
RESTARTING = 1012
#: Seconds between two that are told to move, at most.
_PAUSE = 0.1


class Socket(Protocol):
    side: ClassVar[str]

    @property
    def transport(self) -> str: ...

    async def move(self) -> None: ...


_here: set[Socket] = set()
#: Set while the process ends: it takes no more sockets.
is_moving = False


def enter(socket: Socket) -> None:
    _here.add(socket)


def leave(socket: Socket) -> None:
    _here.discard(socket)


def count() -> collections.Counter[tuple[str, str]]:
    """How many there are of each side and transport."""
    return collections.Counter((socket.side, socket.transport) for socket in list(_here))


async def move(seconds: float) -> None:
    """Tell everybody to go elsewhere, one after another, within these seconds: they must not arrive all at once."""
    sockets = list(_here)
    pause = min(seconds / max(len(sockets), 1), _PAUSE)
    moving = []
    for socket in sockets:
        moving.append(asyncio.create_task(socket.move()))
        await asyncio.sleep(pause)
    await asyncio.gather(*moving, return_exceptions=True)
