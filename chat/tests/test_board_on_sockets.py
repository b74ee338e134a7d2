"""The visitor board from end to end: what a browser says, and what an agent sees."""

import asyncio
import datetime

import pytest
from django.utils import timezone

from chat.hot import visits as hot_visits
from chat.models import ChatSettings
from chat.testing import name
from chat.tests.conftest import Client
from chat.tests.hot import inside
from chat.visitor_board import board, keeper, site
from core.testing import PATIENCE
from widgets.models import Visit, Visitor

PAGE = {"url": "https://acme.example/", "title": "Acme"}
WECHAT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile/15E148 MicroMessenger/8.0.49(0x18003137)"
)


@pytest.fixture(autouse=True)
def quickly(monkeypatch):
    monkeypatch.setattr(board, "TICK", 0.02)
    # However slow the database is: nobody is told of before it has said what it knows.
    monkeypatch.setattr(site, "PATIENCE", 60)
    monkeypatch.setattr(board, "GRACE", 0.2)
    monkeypatch.setattr(hot_visits, "EVERY", 0.02)
    monkeypatch.setattr(keeper, "EVERY", 0.1)


@pytest.fixture
async def arrive(committed, live):
    """`await arrive(ip=…)`: a visitor whose connection and browser say so; gone at the end."""
    clients = []

    async def arrive(ip="47.96.1.1", referrer="", url="https://acme.example/", token="", user_agent=WECHAT):
        client = Client(committed.acme.company_id, "visitor")
        client.wire.scope["client"] = (ip, 4321)
        client.wire.scope["headers"].append((b"user-agent", user_agent.encode()))
        page = {"url": url, "title": "Acme"}
        greeting = await client.open(page=page, token=token, language="zh-CN", referrer=referrer)
        client.greeting = greeting  # type: ignore[attr-defined]
        clients.append(client)
        return client

    yield arrive
    for client in clients:
        await client.leave()


async def row(agent, visitor, **wanted):
    """The board's row of the visitor once it is as wanted."""
    async with asyncio.timeout(PATIENCE):
        while True:
            opened = (await agent.ask("board.open"))["result"]
            found = [one for one in opened["visitors"] if one["visitor"] == visitor.greeting["visitor"]]
            assert len(found) <= 1
            if found and all(found[0].get(key) == value for key, value in wanted.items()):
                return found[0]
            # No more commands a second than a socket may send.
            await asyncio.sleep(0.06)


async def test_everything_known_of_a_visitor_is_shown(arrive, work):
    vera = await arrive(referrer="https://www.baidu.com/s?wd=chat", url="https://acme.example/prices")
    bob = await work("bob")
    seen = await row(bob, vera, visits=1)
    assert seen["page"] == {"url": "https://acme.example/prices", "title": "Acme"}
    assert seen["place"] == {"country": "CN", "province": "浙江省", "city": "杭州市"}
    assert (seen["ip"], seen["carrier"], seen["language"]) == ("47.96.1.1", "阿里云", "zh-CN")
    assert (seen["browser"], seen["system"], seen["device"]) == ("WeChat 8", "iOS 17", "phone")
    assert seen["source"] == {"kind": "search", "name": "Baidu", "words": "chat"}
    assert "left_at" not in seen


async def test_somebody_local_has_a_row_too(arrive, work):
    vera = await arrive(ip="127.0.0.1", user_agent="")
    bob = await work("bob")
    seen = await row(bob, vera, visits=1)
    assert seen["ip"] == "127.0.0.1"
    assert seen["place"] == {}


async def test_somebody_new_is_told_of_once_with_the_number_of_visits(arrive, work, live):
    bob = await work("bob")
    await bob.ask("board.open")
    vera = await arrive()
    # Who was here before this test may still be seen to leave.
    while not (told := await bob.event("board.changed"))["changed"]:
        pass
    assert [(one["visitor"], one["visits"]) for one in told["changed"]] == [(vera.greeting["visitor"], 1)]
    await vera.ask("page.view", page={"url": "https://acme.example/prices"})
    while not (told := await bob.event("board.changed"))["moved"]:
        assert told["changed"] == []
    assert told["changed"] == []
    assert told["moved"][0]["pages"] == 2


async def test_from_page_to_page_the_visit_goes_on(arrive, work):
    bob = await work("bob")
    vera = await arrive(referrer="https://www.bing.com/search?q=x")
    first = await row(bob, vera, visits=1)
    token = vera.greeting["token"]
    await vera.leave()
    await asyncio.sleep(0.05)
    vera = await arrive(token=token, url="https://acme.example/prices", referrer="https://acme.example/")
    now = await row(bob, vera, pages=2)
    assert (now["entered_at"], now["visits"], now["source"]) == (first["entered_at"], 1, first["source"])


async def test_who_left_stays_on_the_board_for_a_while(arrive, work):
    bob = await work("bob")
    vera = await arrive()
    first = await row(bob, vera, visits=1)
    await vera.leave()
    told = await bob.event("board.changed", changed=[], moved=[])
    assert [one["visitor"] for one in told["left"]] == [vera.greeting["visitor"]]
    gone = await row(bob, vera, left_at=told["left"][0]["at"])
    assert (gone["entered_at"], gone["visits"], gone["place"]) == (first["entered_at"], 1, first["place"])


async def test_who_comes_back_in_another_process_goes_on(arrive, work, live):
    """The other process knows nothing of them but what the database says."""
    bob = await work("bob")
    vera = await arrive(referrer="https://www.bing.com/search?q=x")
    first = await row(bob, vera, visits=1)
    await vera.leave()
    await row(bob, vera, visits=1, pages=1)
    await asyncio.sleep(0.4)
    live.board._sites.clear()
    vera = await arrive(
        token=vera.greeting["token"], url="https://acme.example/prices", referrer="https://acme.example/"
    )
    now = await row(bob, vera, pages=2)
    assert (now["entered_at"], now["visits"], now["source"]) == (first["entered_at"], 1, first["source"])


async def test_how_long_they_stay_is_the_companys_choice(work, committed):
    def make():
        ChatSettings.objects.update_or_create(pk=1, defaults={"left_shown_minutes": 10})
        for minutes in (5, 15):
            ended = timezone.now() - datetime.timedelta(minutes=minutes)
            visitor = Visitor.objects.create(visits=1)
            facts = {"began_at": ended, "last_seen_at": ended, "ended_at": ended}
            url = f"https://acme.example/{minutes}"
            Visit.objects.create(visitor=visitor, number=1, entry_url=url, page_url=url, **facts)

    await inside(committed.acme, make)
    try:
        bob = await work("bob")
        opened = (await bob.ask("board.open"))["result"]
        assert opened["left_shown_for"] == 10
        assert [one["page"]["url"] for one in opened["visitors"]] == ["https://acme.example/5"]
        mallory = await work("mallory", company=committed.globex)
        assert (await mallory.ask("board.open"))["result"]["visitors"] == []
    finally:
        await inside(committed.acme, ChatSettings.objects.all().delete)


async def test_an_address_that_brings_too_many_is_told_so(arrive, settings):
    settings.NEW_VISITORS_AT_ONCE = 1
    settings.NEW_VISITORS_PER_SECOND = 0.001
    first = await arrive()
    refused = (await arrive()).greeting
    assert (refused["code"], refused["retry_after"]) == ("too_many_from_here", 1.0)
    # Whoever is known already comes in.
    assert (await arrive(token=first.greeting["token"])).greeting["type"] == "session.opened"


async def test_what_the_board_does_not_take_the_visitor_does_not_notice(arrive, work, settings):
    settings.BOARD_PER_COMPANY = 0
    vera = await arrive()
    assert (await vera.ask("page.view", page={"url": "https://acme.example/prices"}))["type"] == "ack"
    await vera.leave()
    bob = await work("bob")
    assert (await bob.ask("board.open"))["result"]["visitors"] == []


async def test_words_no_database_keeps_are_left_out(arrive, work):
    vera = await arrive(url="https://acme.example/\u0000x", referrer="https://a.example/\u0000")
    bob = await work("bob")
    assert (await row(bob, vera, visits=1))["page"]["url"] == "https://acme.example/x"


async def test_colleagues_see_when_a_visitor_last_wrote(arrive, work):
    bob, carol = await work("bob"), await work("carol")
    vera = await arrive()
    begun = await vera.ask("conversation.request", client_id=name(), text="Hello", page=PAGE)
    conversation_id = begun["result"]["conversation"]["id"]
    first = (await row(carol, vera, last_message_at=begun["result"]["entries"][-1]["at"]))["last_message_at"]
    await bob.ask("conversation.accept", conversation_id=conversation_id)
    sent = await vera.ask("message.send", conversation_id=conversation_id, client_id=name(), text="Again")
    assert sent["result"]["at"] > first
    await row(carol, vera, last_message_at=sent["result"]["at"])
