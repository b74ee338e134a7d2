import asyncio
import time

import pytest

from core.realtime import roster
from core.testing import PATIENCE


class Socket:
    side = "visitor"
    transport = "websocket"

    def __init__(self, trouble=None):
        self.moved_at = None
        self.trouble = trouble

    async def move(self):
        if self.trouble:
            raise self.trouble
        self.moved_at = time.monotonic()


@pytest.fixture
def here(monkeypatch):
    monkeypatch.setattr(roster, "_here", set())

    def enter(*sockets):
        for socket in sockets:
            roster.enter(socket)
        return sockets

    return enter


def test_sockets_are_counted_by_side_and_transport(here):
    _, second = here(Socket(), Socket())
    roster.leave(second)
    assert roster.count() == {("visitor", "websocket"): 1}


async def test_they_move_one_after_another(here, monkeypatch):
    sockets, pauses, turn = here(*(Socket() for _ in range(10))), [], asyncio.sleep

    async def sleep(pause):
        await turn(0)
        pauses.append((pause, sum(socket.moved_at is not None for socket in sockets)))

    monkeypatch.setattr(asyncio, "sleep", sleep)
    await roster.move(0.5)
    assert pauses == [(0.05, moved) for moved in range(1, 11)]


async def test_a_few_are_not_kept_waiting(here):
    here(Socket(), Socket())
    await asyncio.wait_for(roster.move(60), PATIENCE)


async def test_with_nowhere_to_go_all_are_told_at_once(here):
    sockets = here(*(Socket() for _ in range(100)))
    await asyncio.wait_for(roster.move(0), PATIENCE)
    assert all(socket.moved_at for socket in sockets)


async def test_one_that_cannot_be_told_keeps_no_other(here):
    bad, good = here(Socket(RuntimeError()), Socket())
    await roster.move(0)
    assert good.moved_at
