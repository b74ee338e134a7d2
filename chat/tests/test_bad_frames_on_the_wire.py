"""Bad frames against a real server: what its parser sees before we do, and what is left of the connection."""

import asyncio

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from chat.tests.server import answer, rest, say

PAGE = {"url": "https://acme.example/"}


@pytest.fixture
async def wire(server, committed):
    """Vera's socket, opened."""
    async with server.socket(committed.acme.company_id, "visitor") as wire:
        await say(wire, "session.open", 1, page=PAGE)
        yield wire


async def test_invalid_utf8_is_refused_in_words_and_the_socket_lives(wire):
    await wire.send(b'{"type":"page.view","ref":7,"page":{"url":"\xff\xfe"}}', text=True)
    refused = await answer(wire, 7)
    assert (refused["code"], refused["message"].startswith("This frame could not be understood: ")) == (
        "bad_frame",
        True,
    )
    assert (await say(wire, "heartbeat", 8))["type"] == "heartbeat.answered"


@pytest.mark.parametrize("frame", ["", "{", "[" * 60_000, '{"x":' + "[" * 60_000])
async def test_nonsense_is_refused_and_the_socket_lives(wire, frame):
    await wire.send(frame)
    assert (await answer(wire, 0))["code"] == "bad_frame"
    assert (await say(wire, "heartbeat", 8))["type"] == "heartbeat.answered"


async def test_a_frame_in_pieces_is_one_frame(wire):
    await wire.send(iter(['{"type":"heart', 'beat","re', 'f":7}']))
    assert (await answer(wire, 7))["type"] == "heartbeat.answered"


async def test_a_binary_frame_is_read_like_text(wire):
    await wire.send(b'{"type":"heartbeat","ref":7}')
    assert (await answer(wire, 7))["type"] == "heartbeat.answered"


async def test_a_frame_beyond_our_limit_is_refused_then_closed(wire):
    await wire.send("x" * (64 * 1024 + 1))
    assert [event["code"] for event in await rest(wire)] == ["frame_too_long"]
    assert wire.close_code == 4008


async def test_a_frame_beyond_the_parsers_limit_is_refused_then_closed(wire):
    await wire.send("x" * (1024 * 1024 + 1))
    assert [event["message"] for event in await rest(wire)] == [
        "This is too long: at most 65536 bytes can be sent at once. The connection is closed."
    ]
    assert wire.close_code == 1009


async def test_an_endless_stream_is_refused_then_closed(wire):
    async def pour():
        while True:
            await wire.send('{"type":"heartbeat","ref":7}')
            await asyncio.sleep(0)

    pouring = asyncio.create_task(pour())
    heard = await rest(wire)
    pouring.cancel()
    await asyncio.gather(pouring, return_exceptions=True)
    codes = [event["code"] for event in heard if event["type"] == "refused"]
    assert codes[-1] == "flood"
    assert codes[0] == "slow_down"
    assert wire.close_code == 4008


async def test_the_server_serves_others_after_all_that(server, committed):
    async with server.socket(committed.acme.company_id, "visitor") as wire:
        assert (await say(wire, "session.open", 1, page=PAGE))["type"] == "session.opened"


@pytest.mark.parametrize("path", ["/live/", "/live/c/12345678/nobody", "/live/c/x/visitor", "/workspace"])
async def test_a_socket_where_there_is_none_is_not_found(server, path):
    with pytest.raises(InvalidStatus) as refused:
        await connect(f"ws://127.0.0.1:{server.port}{path}")
    assert refused.value.response.status_code == 403
