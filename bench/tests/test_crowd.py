"""A crowd of sockets against a small server: openings in their order, frames counted, losses told."""

import asyncio

import pytest
from websockets.asyncio.server import serve

from bench import crowd, plan
from bench.crowd import Crowd, Lost


@pytest.fixture
async def server():
    """Answers each frame with "re: " and the frame, then says something long of its own."""
    heard: list[str] = []

    async def answer(socket):
        async for frame in socket:
            heard.append(frame)
            await socket.send(f"re: {frame}")
            await socket.send("x" * 70_000)

    async with serve(answer, "127.0.0.1", 0, compression=None) as running:
        yield running.sockets[0].getsockname()[1], heard


def member(port, *frames):
    return plan.Socket(port, "/", tuple(plan.Opening(frame, f"re: {frame}") for frame in frames))


async def test_openings_are_said_one_after_the_other(server):
    port, heard = server
    people = Crowd()
    await people.open([member(port, "first", "second" * 50)])
    assert heard == ["first", "second" * 50]
    people.close()


async def test_frames_of_every_length_are_counted_and_none_twice(server):
    port, _ = server
    people = Crowd()
    await people.open([member(port, "hello")] * 3)
    people.members[0].say("more")
    async with asyncio.timeout(5):
        # Each has heard one long frame; the first an answer and one more.
        while people.heard < 5:
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    assert (people.heard, people.closed) == (5, 0)
    people.close()


async def test_a_server_that_refuses_is_told(server):
    port, _ = server
    with pytest.raises(Lost):
        await crowd.opened(plan.Socket(port, "/", headers=("Sec-WebSocket-Version: 1",)))
