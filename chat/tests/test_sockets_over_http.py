"""A visitor and an agent talk where no WebSocket gets through: over streams, and over polls."""

import asyncio
import itertools
from typing import Any

import pytest
from channels.routing import URLRouter
from django.conf import settings

from chat import routing, runtime
from chat.testing import name
from chat.tests.conftest import Client
from core.realtime import packets
from core.realtime.http.sessions import Sessions
from core.testing import PATIENCE, until
from core.tests.requests import Wire
from protocol import events

PAGE = {"url": "https://acme.example/pricing", "title": "Pricing"}


class HttpClient(Client):
    greeting: dict[str, Any]

    def __init__(self, sessions, down, company_id, role, origin="https://acme.example"):
        self.wire = Wire(sessions, f"/live/c/{company_id}/{role}", [(b"origin", origin.encode())], down=down)
        self.refs = itertools.count(1)
        self.events = []


@pytest.fixture(params=["stream", "poll"])
def down(request):
    return request.param


@pytest.fixture
async def sessions(live):
    sessions = Sessions(URLRouter(routing.sockets), hub=lambda: runtime.current().hub)
    yield sessions
    await sessions.stop()


@pytest.fixture
async def arrive(sessions, down, committed):
    """`await arrive()`: a visitor whose network lets no WebSocket through."""
    clients = []

    async def arrive(token="", company=committed.acme, **options):
        client = HttpClient(sessions, down, company.company_id, "visitor", **options)
        clients.append(client)
        client.greeting = await client.open(page=PAGE, token=token)
        return client

    yield arrive
    for client in clients:
        await client.leave()


async def begin(vera, bob):
    asked = await vera.ask("conversation.request", client_id=name(), text="Hello", page=PAGE)
    conversation_id = asked["result"]["conversation"]["id"]
    assert (await bob.ask("conversation.accept", conversation_id=conversation_id))["type"] == "ack"
    return conversation_id


async def text(client):
    while (heard := await client.event("entry.created"))["entry"]["kind"] != "text":
        continue
    return heard["entry"]["text"]


async def test_words_go_both_ways(arrive, work):
    bob = await work("bob")
    vera = await arrive()
    conversation_id = await begin(vera, bob)
    await bob.ask("message.send", conversation_id=conversation_id, client_id=name(), text="Hi Vera")
    assert await text(vera) == "Hi Vera"
    sent = await vera.ask("message.send", conversation_id=conversation_id, client_id=name(), text="Hi Bob")
    assert sent["result"]["number"] == 5


async def test_what_is_said_while_the_network_is_cut_comes_once_and_in_order(arrive, work):
    bob = await work("bob")
    vera = await arrive()
    conversation_id = await begin(vera, bob)
    for place in range(6):
        await vera.wire.cut()
        await bob.ask("message.send", conversation_id=conversation_id, client_id=name(), text=f"bob {place}")
        vera.wire.listen()
        assert await text(vera) == f"bob {place}"


async def test_a_request_that_is_sent_again_is_carried_out_once(arrive, work):
    bob = await work("bob")
    vera = await arrive()
    conversation_id = await begin(vera, bob)
    frame = '{"type":"message.send","ref":%d,"conversation_id":%d,"client_id":"%s","text":"%s"}'
    frames = [frame % (1000 + place, conversation_id, name(), place) for place in range(3)]
    number = vera.wire.said + 1
    assert (await vera.wire.post(frames[:2], number)).status == 204
    assert (await vera.wire.post(frames, number)).status == 204
    answered = [await vera.answer(1000 + place) for place in range(3)]
    assert [answer["result"]["number"] for answer in answered] == [4, 5, 6]
    assert vera.events == [one for one in vera.events if one.get("ref") not in (1000, 1001, 1002)]
    vera.wire.said += 3


def is_there(live, client):
    """Whether the process still listens for this visitor."""
    return any(client.greeting["visitor"] in channel.decode() for channel in live.hub._channels)


async def test_who_says_good_bye_is_gone_at_once(arrive, live, settings):
    settings.HTTP_AWAY_SECONDS = 1000
    vera = await arrive()
    assert is_there(live, vera)
    await vera.leave()
    await until(lambda: not is_there(live, vera))


async def test_another_companys_path_knows_nothing_of_a_session(arrive, committed):
    vera = await arrive()
    mallory = Wire(sessions_of(vera), f"/live/c/{committed.globex.company_id}/visitor")
    agent = Wire(sessions_of(vera), f"/live/c/{committed.acme.company_id}/agent")
    for wire in (mallory, agent):
        for deed in ("stream", "poll", "frames", "close"):
            answer = await wire.ask(deed, session=vera.wire.session).done()
            assert (answer.status, answer.text) == (410, "")
    assert (await vera.ask("heartbeat"))["type"] == "heartbeat.answered"


def sessions_of(client):
    return client.wire.application._sessions


async def test_a_website_that_may_not_carry_the_chat_is_refused(arrive, change):
    await change(sites=["https://acme.example"])
    stranger = await arrive(origin="https://elsewhere.example")
    assert stranger.greeting["code"] == "origin_not_allowed"


async def test_too_long_a_frame_closes_it_and_says_why(arrive):
    vera = await arrive()
    await vera.wire.post(['{"x":"%s"}' % ("x" * settings.FRAME_LIMIT)], vera.wire.said + 1)
    assert await vera.closed() == 4008
    assert vera.events[-1]["code"] == "frame_too_long"
    answer = await vera.wire.post(["{}"], vera.wire.said + 2)
    assert (answer.status, answer.text) == (410, "4008")


async def test_too_many_commands_are_told_to_slow_down_then_closed(arrive):
    vera = await arrive()
    for start in range(0, 300, 50):
        frames = ['{"type":"heartbeat","ref":%d}' % (1000 + start + place) for place in range(50)]
        await vera.wire.post(frames, vera.wire.said + 1 + start)
    assert await vera.closed() == 4008
    codes = [event["code"] for event in vera.events if event["type"] == "refused"]
    assert (codes[0], codes[-1]) == ("slow_down", "flood")


async def test_who_takes_nothing_is_cut_off(arrive, live, committed):
    vera = await arrive()
    await vera.wire.cut()
    payload = packets.encoder.encode(events.AvailabilityChanged(availability="busy")).ljust(100_000)
    for _ in range(settings.SEND_BUFFER_LIMIT // len(payload) + 3):
        live.hub.publish(f"{committed.acme.schema_name}:site", payload)
    async with asyncio.timeout(PATIENCE):
        while (answer := await vera.wire.post(['{"type":"heartbeat","ref":9}'], 2)).status == 204:
            await asyncio.sleep(0.05)
    assert (answer.status, answer.text) == (410, "4009")


async def test_who_stays_away_is_gone(arrive, live, settings, monkeypatch):
    monkeypatch.setattr("core.realtime.http.session._LOOK_EVERY", 0.05)
    settings.HTTP_AWAY_SECONDS, settings.PING_INTERVAL = 0.2, 0.1
    vera = await arrive()
    await vera.wire.cut()
    await until(lambda: not is_there(live, vera))
    assert (await vera.wire.post(["{}"], 2)).status == 410


async def test_it_is_before_django(live):
    answer = await Wire(routing.sessions, "/live/c/1/visitor").ask("elsewhere").done()
    assert answer.status == 418
