"""Sessions in several processes, as behind a proxy that sends each request anywhere."""

import functools

import pytest
from django.conf import settings

from core.realtime.http.sessions import Sessions
from core.realtime.hub import Hub
from core.realtime.packets import Packet
from core.testing import until
from core.tests.requests import Request, Wire, nothing_else

PATH = "/live/c/12345678/echo"


class Echo:
    """A socket that says everything back; `close` ends it, with a last word."""

    async def __call__(self, scope, receive, send):
        if scope["path"] != PATH:
            await receive()
            await send({"type": "websocket.close"})
            return
        assert (await receive())["type"] == "websocket.connect"
        self.outlet = scope["extensions"]["parley.outlet"]
        self.outlet.on_text = self.take
        await send({"type": "websocket.accept"})
        await receive()
        self.outlet.end()

    def take(self, frame):
        self.outlet.push(Packet(frame))
        if frame == b'"close"':
            self.outlet.close(4001)


async def application(scope, receive, send):
    await Echo()(scope, receive, send)


def _same(hub):
    return hub


@pytest.fixture
async def processes():
    """Two that share nothing but Valkey."""
    hubs = [Hub(settings.REDIS_URL) for _ in range(2)]
    for hub in hubs:
        await hub.start()
    found = [Sessions(application, functools.partial(_same, hub)) for hub in hubs]
    yield found
    for sessions, hub in zip(found, hubs, strict=True):
        await sessions.stop()
        await hub.stop()


@pytest.fixture(params=["stream", "poll"])
async def wire(request, processes):
    """A client whose session is in the first process."""
    wire = Wire(processes[0], PATH, down=request.param)
    await wire.connect()
    yield wire
    await wire.cut()


def elsewhere(wire, sessions):
    """From now on its requests arrive there."""
    wire.application = type(wire.application)(sessions, nothing_else)


async def test_requests_may_arrive_at_another_process(wire, processes):
    await wire.cut()
    elsewhere(wire, processes[1])
    wire.listen()
    for place in range(5):
        await wire.send_to(str(place))
        assert await wire.receive_from() == str(place)


async def test_frames_sent_by_turns_come_once_and_in_order(wire, processes):
    for place in range(20):
        elsewhere(wire, processes[place % 2])
        await wire.send_to(str(place))
        if place % 5 == 0:
            await wire.cut()
            wire.listen()
    assert [await wire.receive_from() for _ in range(20)] == [str(place) for place in range(20)]


async def test_a_repeat_at_another_process_is_taken_once(wire, processes):
    await wire.post(["1", "2"], 1)
    elsewhere(wire, processes[1])
    assert (await wire.post(["1", "2", "3"], 1)).status == 204
    assert [await wire.receive_from() for _ in range(3)] == ["1", "2", "3"]


async def test_why_it_closed_is_told_at_another_process_too(wire, processes):
    await wire.cut()
    elsewhere(wire, processes[1])
    wire.listen()
    await wire.send_to('"close"')
    assert await wire.receive_from() == '"close"'
    assert await wire.receive_output() == {"type": "websocket.close", "code": 4001}
    answer = await wire.post(["1"], 2)
    assert (answer.status, answer.text) == (410, "4001")


async def test_a_gap_is_not_taken(wire, processes):
    for sessions in processes:
        elsewhere(wire, sessions)
        assert (await wire.post(["3"], 3)).status == 409
    assert (await wire.post(["1"], 1)).status == 204


@pytest.mark.parametrize("deed", ["stream", "poll", "frames", "close"])
async def test_a_session_whose_process_has_ended_is_gone(wire, processes, deed):
    name = "0" * 16 + wire.session[16:]
    answer = await wire.ask(deed, session=name, frames=[1]).done()
    assert answer.status == 410


@pytest.mark.parametrize("deed", ["stream", "poll", "frames", "close"])
async def test_of_another_path_it_is_gone_in_any_process(wire, processes, deed):
    for sessions in processes:
        stranger = Wire(sessions, "/live/c/87654321/echo")
        assert (await stranger.ask(deed, session=wire.session, frames=[1]).done()).status == 410
    await wire.send_to("1")
    assert await wire.receive_from() == "1"


async def test_closed_from_another_process(wire, processes):
    stranger = Wire(processes[1], PATH)
    assert (await stranger.ask("close", session=wire.session).done()).status == 204
    assert (await wire.receive_output())["code"] == 1000


async def test_while_valkey_is_away_the_client_is_told_to_try_again(wire, processes):
    elsewhere(wire, processes[1])
    hub, call = processes[1]._hub(), processes[1]._hub().call

    async def away(*words):
        raise ConnectionError

    hub.call = away
    assert (await wire.post(["1"], 1)).status == 503
    hub.call = call
    assert (await wire.post(["1"], 1)).status == 204
    assert await wire.receive_from() == "1"


async def test_a_resync_ends_the_waiting_for_answers_that_are_lost(processes, wire):
    elsewhere(wire, processes[1])
    relay = await processes[1]._reach()
    waiting = wire.ask("poll", session=wire.session)
    await until(lambda: relay._waiting)
    relay.resync()
    assert (await waiting.done()).status == 503


async def test_when_the_process_stops_its_clients_are_told(wire, processes):
    await processes[0].stop()
    assert (await wire.receive_output())["code"] == 1012


async def test_what_is_said_before_the_end_is_still_fetched(wire):
    await wire.cut()
    await wire.send_to('"close"')
    wire.listen()
    assert await wire.receive_from() == '"close"'
    assert (await wire.receive_output())["code"] == 4001


@pytest.mark.parametrize("path", ["/live/c/12345678/nobody", "/live/x"])
async def test_where_no_socket_is_there_is_none_this_way(processes, path):
    answer = await Wire(processes[0], path).ask("stream").done()
    assert answer.status == 404
    assert processes[0]._open == {}


async def test_one_process_has_so_many(processes, settings):
    settings.HTTP_SESSIONS_LIMIT = 1
    first = Wire(processes[0], PATH, down="poll")
    await first.connect()
    assert (await Wire(processes[0], PATH).ask("stream").done()).status == 503
    await first.cut()


async def test_one_address_has_so_many_and_gets_them_back(processes, settings):
    settings.HTTP_SESSIONS_PER_ADDRESS, settings.HTTP_AWAY_SECONDS = 1, 0.05
    door = Wire(processes[0], PATH).application

    async def begin(address):
        return await Request(door, f"{PATH}/poll", b"{}", client=(address, 0)).done()

    first = await begin("2a00:1450:4001:81b::1")
    assert (await begin("2a00:1450:4001:81b::2")).status == 503
    assert [(await begin(other)).status for other in ("9.9.9.9", "10.0.0.1", "10.0.0.1")] == [200] * 3
    name = first.text.partition("data: ")[2].strip()
    await Wire(processes[0], PATH).ask("close", session=name).done()

    async def is_let_in():
        return (await begin("2a00:1450:4001:81b::2")).status == 200

    await until(is_let_in)


async def test_a_stream_begins_at_once_and_asks_not_to_be_kept_back(processes):
    request = Wire(processes[0], PATH).ask("stream")
    answer = request.answer
    await until(lambda: len(answer.text) > 2000)
    assert (answer.status, answer.is_whole) == (200, False)
    assert answer.headers[b"content-type"] == b"text/event-stream; charset=utf-8"
    assert answer.headers[b"cache-control"] == b"no-store, no-transform"
    assert answer.headers[b"x-accel-buffering"] == b"no"
    await request.cut()


async def test_a_stream_ends_after_a_while_and_the_next_goes_on(processes, settings):
    settings.HTTP_STREAM_SECONDS = 0.2
    wire = Wire(processes[0], PATH)
    await wire.connect()
    first = wire.request
    assert first
    await wire.send_to("1")
    await first.done()
    await wire.send_to("2")
    assert [await wire.receive_from() for _ in range(2)] == ["1", "2"]
    await wire.cut()


async def test_a_stream_asks_for_a_sign_of_life(processes, settings):
    settings.PING_INTERVAL = 0.1
    wire = Wire(processes[0], PATH)
    await wire.connect()
    assert wire.request
    answer = wire.request.answer
    await until(lambda: answer.text.count("event: ping") > 1)
    await wire.cut()


async def test_who_gives_no_sign_of_life_is_gone(processes, settings, monkeypatch):
    monkeypatch.setattr("core.realtime.http.session._LOOK_EVERY", 0.05)
    settings.PING_INTERVAL = settings.PING_TIMEOUT = 0.2
    wire = Wire(processes[0], PATH)
    await wire.connect()
    assert (await wire.receive_output())["code"] == 1006


@pytest.mark.parametrize(
    ("method", "body", "status"),
    [
        ("GET", b"{}", 405),
        ("POST", b"", 400),
        ("POST", b"\xff", 400),
        ("POST", b"[" * 100_000, 400),
        ("POST", b'{"session":"../?"}', 400),
        ("POST", b'{"heard":-1}', 400),
        ("POST", b'{"unknown":1}', 400),
        ("POST", b" " * (4 * 64 * 1024 + 1), 413),
    ],
)
@pytest.mark.parametrize("deed", ["stream", "poll", "frames", "close"])
async def test_what_is_no_request_of_ours_is_refused(processes, method, body, status, deed):
    door = Wire(processes[0], PATH).application
    answer = await Request(door, f"{PATH}/{deed}", body, method=method).done()
    assert answer.status == status


@pytest.mark.parametrize(
    "path", ["/", "/live/c/12345678/echo", "/c/12345678/stream", "/live/c/12345678/echo/x"]
)
async def test_everything_else_goes_on_to_the_pages(processes, path):
    door = Wire(processes[0], PATH).application
    assert (await Request(door, path, b"").done()).status == 418
