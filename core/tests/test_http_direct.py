"""Posted frames on a real server: the short way answers what is simple, the usual way all the rest."""

import asyncio
import json
import socket

import pytest
import uvicorn

from core.realtime.http.direct import DirectHttp
from core.realtime.http.door import Door
from core.realtime.http.sessions import Sessions
from core.realtime.hub import Hub
from core.tests.requests import nothing_else
from core.tests.test_sockets import Socket

PATH = "/live/c/10000001/visitor"


class NoHub(Hub):
    """Everything happens in one process here."""

    def __init__(self):
        super().__init__("redis://127.0.0.1:1/0")

    async def join(self, channel, member):
        pass


class Guest(Socket):
    side = "guest"


class Caller:
    def __init__(self, reader, writer):
        self.reader = reader
        self.writer = writer

    async def post(self, deed, said):
        self.writer.write(request(deed, said))
        return await self.answer()

    async def answer(self):
        """Status and body."""
        async with asyncio.timeout(5):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = int(head.partition("content-length: ")[2].partition("\r\n")[0] or 0)
            return int(head.split()[1]), (await self.reader.readexactly(length)).decode()


def request(deed, said):
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    head = f"POST {PATH}/{deed} HTTP/1.1\r\nHost: parley.example\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def frames(name, number, *refs):
    said = [{"type": "ping", "ref": ref} if ref > 1 else {"type": "open", "ref": 1} for ref in refs]
    return {"session": name, "number": number, "frames": said}


@pytest.fixture
async def caller(monkeypatch):
    sessions = Sessions(Guest.as_asgi(), hub=lambda: hub)
    hub = NoHub()
    monkeypatch.setattr(DirectHttp, "sessions", sessions)
    listening = socket.create_server(("127.0.0.1", 0))
    application = Door(sessions, nothing_else)
    configuration = uvicorn.Config(
        application, http=DirectHttp, lifespan="off", log_level="error", timeout_keep_alive=1
    )
    server = uvicorn.Server(configuration)
    task = asyncio.create_task(server.serve([listening]))
    reader, writer = await asyncio.open_connection(*listening.getsockname())
    yield Caller(reader, writer)
    writer.close()
    await sessions.stop()
    server.should_exit = True
    await asyncio.wait_for(task, 10)


@pytest.fixture
async def name(caller):
    """Of a session whose socket is open."""
    _, told = await caller.post("poll", {})
    name = told.partition("data: ")[2].strip()
    assert await caller.post("frames", frames(name, 1, 1)) == (204, "")
    return name


async def heard(caller, name, after=0):
    _, told = await caller.post("poll", {"session": name, "heard": after})
    return [json.loads(line[6:])["ref"] for line in told.split("\n") if line.startswith("data: ")]


async def test_frames_are_taken_in_their_order_and_once(caller, name):
    assert await caller.post("frames", frames(name, 2, 2, 3)) == (204, "")
    assert await caller.post("frames", frames(name, 3, 3, 4)) == (204, "")
    assert await heard(caller, name) == [1, 2, 3, 4]


async def test_it_does_not_go_by_the_door(caller, name, monkeypatch):
    monkeypatch.setattr(Door, "__call__", None)
    assert await caller.post("frames", frames(name, 2, 2)) == (204, "")


async def test_requests_that_come_together_are_answered_one_by_one(caller, name):
    said = [request("frames", frames(name, number, number)) for number in (2, 3)]
    caller.writer.write(b"".join([*said, request("poll", {"session": name})]))
    assert [await caller.answer() for _ in said] == [(204, ""), (204, "")]
    assert (await caller.answer())[0] == 200
    assert await heard(caller, name) == [1, 2, 3]


async def test_a_body_in_pieces_is_one_body(caller, name):
    whole = request("frames", frames(name, 2, 2))
    for at in range(0, len(whole), 40):
        caller.writer.write(whole[at : at + 40])
        await caller.writer.drain()
        await asyncio.sleep(0)
    assert await caller.answer() == (204, "")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (lambda name: frames(name, 9, 9), 409),
        (lambda name: frames(name[:-4] + "aaaa", 2, 2), 410),
        (lambda _: b"{", 400),
        (lambda name: {"session": name, "colour": "red"}, 400),
    ],
)
async def test_what_cannot_be_taken_is_answered_as_ever(caller, name, said, status):
    assert (await caller.post("frames", said(name)))[0] == status
    assert await caller.post("frames", frames(name, 2, 2)) == (204, "")


async def test_too_long_a_body_is_refused(caller, name, settings):
    settings.HTTP_BODY_LIMIT = 2_000
    assert (await caller.post("frames", b"x" * 5_000))[0] == 413


async def test_a_session_of_another_path_is_none(caller, name):
    caller.writer.write(request("frames", frames(name, 2, 2)).replace(b"10000001", b"10000002"))
    assert (await caller.answer())[0] == 410


async def test_a_request_that_came_with_the_last_one_is_not_cut_off(caller, name, settings):
    """The server waits a second for another request; this one is under way for longer."""
    assert await heard(caller, name) == [1]
    settings.PING_INTERVAL = 1.5
    caller.writer.write(request("frames", {"session": name}) + request("poll", {"session": name, "heard": 1}))
    assert [await caller.answer() for _ in range(2)] == [(204, ""), (200, "")]
