"""Visits and pages seen, as rows: written in batches, one visit however many processes see the visitor."""

import asyncio
import datetime
import time
import uuid

import msgspec
import pytest
from django.utils import timezone

from chat import runtime
from chat.hot import visit_statements
from chat.hot import visits as hot_visits
from chat.hot.store import Store
from chat.hot.visits import Visits
from chat.tests.hot import inside
from companies.models import Alarm
from core.realtime import refusals
from protocol import payloads
from widgets.models import PageView, Visit, Visitor
from widgets.services import visits

HOME, PRICES = (
    payloads.Page(url="https://acme.example/", title="Acme"),
    payloads.Page(url="https://acme.example/prices"),
)


@pytest.fixture(autouse=True)
def quickly(monkeypatch):
    monkeypatch.setattr(hot_visits, "EVERY", 0.01)


@pytest.fixture
async def writers(committed):
    """Two processes."""
    stores = [Store(runtime._dsn()) for _ in range(2)]
    writers = [Visits(store, limit=1000) for store in stores]
    for writer in writers:
        writer.start()
    yield writers
    for writer, store in zip(writers, stores, strict=True):
        await writer.stop()
        await store.close()


@pytest.fixture
def writer(writers):
    return writers[0]


def somebody(page=HOME, **facts):
    return payloads.BoardVisitor(visitor=str(uuid.uuid4()), page=page, entered_at=1, **facts)


def see(writer, company, visitor, page=None, referrer=""):
    shown = visitor if page is None else msgspec.structs.replace(visitor, page=page)
    writer.seen(company.schema_name, shown, referrer, company)


async def written(writer):
    async with asyncio.timeout(10):
        while not writer.is_idle:
            await asyncio.sleep(0.01)


async def visits_of(company, visitor):
    def read():
        return list(Visit.objects.filter(visitor=visitor.visitor).order_by("number"))

    return await inside(company, read)


async def pages_of(company, visit):
    def read():
        return list(PageView.objects.filter(visit=visit).order_by("at").values_list("url", flat=True))

    return await inside(company, read)


async def earlier(company, visitor, minutes):
    """As if everything had happened so long ago."""

    def move():
        ago = datetime.timedelta(minutes=minutes)
        for visit in Visit.objects.filter(visitor=visitor.visitor):
            visit.began_at -= ago
            visit.last_seen_at -= ago
            visit.ended_at = visit.ended_at and visit.ended_at - ago
            visit.save()
        for view in PageView.objects.filter(visit__visitor=visitor.visitor):
            view.at -= ago
            view.save()
        row = Visitor.objects.get(pk=visitor.visitor)
        row.last_seen_at = row.last_seen_at and row.last_seen_at - ago
        row.save()

    await inside(company, move)


async def test_of_one_visit_so_many_pages_are_kept(writer, committed, monkeypatch):
    monkeypatch.setattr(visit_statements, "PAGES_KEPT", 3)
    visit_statements.viewed.cache_clear()
    vera = somebody()
    for number in range(6):
        page = payloads.Page(url=f"https://acme.example/{number}")
        see(writer, committed.acme, vera, page)
        await written(writer)
    visit_statements.viewed.cache_clear()
    (visit,) = await visits_of(committed.acme, vera)
    assert (visit.pages, len(await pages_of(committed.acme, visit))) == (3, 3)
    # Where the visitor is now is known all the same.
    assert visit.page_url == "https://acme.example/5"


async def test_who_comes_is_kept_with_all_that_is_known(writer, committed):
    vera = somebody(
        ip="47.96.1.1",
        place=payloads.Place(country="CN", province="浙江省", city="杭州市"),
        carrier="阿里云",
        browser="WeChat 8",
        system="iOS 17",
        device="phone",
        language="zh-CN",
        source=payloads.Source(kind="search", name="Baidu", words="在线客服"),
    )
    see(writer, committed.acme, vera, referrer="https://www.baidu.com/s?wd=x")
    await written(writer)
    (visit,) = await visits_of(committed.acme, vera)
    facts = (visit.ip, visit.country, visit.province, visit.city, visit.carrier, visit.browser, visit.system)
    assert facts == ("47.96.1.1", "CN", "浙江省", "杭州市", "阿里云", "WeChat 8", "iOS 17")
    assert (visit.device, visit.language, visit.referrer) == (
        "phone",
        "zh-CN",
        "https://www.baidu.com/s?wd=x",
    )
    assert (visit.source_kind, visit.source_name, visit.source_words) == ("search", "Baidu", "在线客服")
    assert (visit.number, visit.entry_url, visit.entry_title, visit.pages) == (1, HOME.url, "Acme", 1)
    assert visit.ended_at is None
    row = await inside(committed.acme, lambda: Visitor.objects.get(pk=vera.visitor))
    assert (row.visits, row.language, row.last_seen_at) == (1, "zh-CN", visit.last_seen_at)


async def test_pages_make_a_trail(writer, committed):
    vera = somebody()
    for page in (HOME, PRICES, HOME):
        see(writer, committed.acme, vera, page)
        await written(writer)
    (visit,) = await visits_of(committed.acme, vera)
    assert await pages_of(committed.acme, visit) == [HOME.url, PRICES.url, HOME.url]
    assert (visit.pages, visit.entry_url, visit.page_url) == (3, HOME.url, HOME.url)


async def test_pages_of_one_batch_make_a_trail_too(writer, committed):
    vera = somebody()
    for page in (HOME, HOME, PRICES, HOME):
        see(writer, committed.acme, vera, page)
    await written(writer)
    (visit,) = await visits_of(committed.acme, vera)
    assert await pages_of(committed.acme, visit) == [HOME.url, PRICES.url, HOME.url]


async def test_a_socket_that_comes_back_has_not_seen_the_page_twice(writers, committed):
    vera = somebody()
    for writer in writers:
        see(writer, committed.acme, vera)
        await written(writer)
    (visit,) = await visits_of(committed.acme, vera)
    assert (visit.pages, await pages_of(committed.acme, visit)) == (1, [HOME.url])


async def test_two_processes_that_see_many_arrive_write_one_visit_each(writers, committed):
    crowd = [somebody() for _ in range(100)]
    for vera in crowd:
        see(writers[0], committed.acme, vera)
    for vera in reversed(crowd):
        see(writers[1], committed.acme, vera, PRICES)
    for writer in writers:
        await written(writer)
    found = await inside(committed.acme, lambda: list(Visit.objects.values_list("number", "pages")))
    assert found == [(1, 2)] * 100


async def test_who_comes_back_within_the_pause_goes_on(writer, committed):
    vera = somebody()
    see(writer, committed.acme, vera)
    await written(writer)
    writer.left(committed.acme.schema_name, {vera.visitor: now()})
    await written(writer)
    (visit,) = await visits_of(committed.acme, vera)
    assert visit.ended_at is not None
    await earlier(committed.acme, vera, minutes=29)
    see(writer, committed.acme, vera, PRICES)
    await written(writer)
    (visit,) = await visits_of(committed.acme, vera)
    assert (visit.ended_at, visit.pages) == (None, 2)


async def test_who_comes_back_later_begins_another_visit(writer, committed):
    vera = somebody()
    see(writer, committed.acme, vera)
    await written(writer)
    await earlier(committed.acme, vera, minutes=31)
    see(writer, committed.acme, vera, PRICES)
    await written(writer)
    first, second = await visits_of(committed.acme, vera)
    # Nobody told the end of the first one.
    assert first.ended_at == first.last_seen_at
    assert (second.number, second.pages, second.entry_url, second.ended_at) == (2, 1, PRICES.url, None)


async def test_who_is_here_needs_no_look_at_what_was_before(writer, committed, monkeypatch):
    vera = somebody()
    writer.told = lambda schema, known: True
    see(writer, committed.acme, vera)
    await written(writer)
    monkeypatch.setattr(visit_statements, "arrived", None)
    for page in (PRICES, HOME, PRICES):
        see(writer, committed.acme, vera, page)
        await written(writer)
    (visit,) = await visits_of(committed.acme, vera)
    assert (visit.pages, visit.page_url, visit.entry_url) == (4, PRICES.url, HOME.url)
    assert visit.last_seen_at > visit.began_at


async def test_who_has_gone_and_comes_again_is_looked_at_anew(writer, committed):
    vera = somebody()
    writer.told = lambda schema, known: True
    see(writer, committed.acme, vera)
    await written(writer)
    writer.gone(committed.acme.schema_name, vera.visitor)
    await earlier(committed.acme, vera, minutes=31)
    see(writer, committed.acme, vera, PRICES)
    await written(writer)
    assert [visit.pages for visit in await visits_of(committed.acme, vera)] == [1, 1]


async def test_somebody_taken_for_gone_who_looks_at_another_page_is_there(writer, committed):
    vera = somebody()
    writer.told = lambda schema, known: True
    see(writer, committed.acme, vera)
    await written(writer)
    writer.left(committed.acme.schema_name, {vera.visitor: now()})
    await written(writer)
    await asyncio.sleep(0.01)
    see(writer, committed.acme, vera, PRICES)
    await written(writer)
    (visit,) = await visits_of(committed.acme, vera)
    assert visit.ended_at is None


async def test_who_looks_at_one_page_for_long_goes_on(writer, committed):
    vera = somebody()
    see(writer, committed.acme, vera)
    await written(writer)
    await earlier(committed.acme, vera, minutes=25)
    writer.stayed(committed.acme.schema_name, [vera.visitor])
    await written(writer)
    (visit,) = await visits_of(committed.acme, vera)
    assert timezone.now() - visit.last_seen_at < datetime.timedelta(minutes=1)
    assert (await inside(committed.acme, Visitor.objects.get)).last_seen_at == visit.last_seen_at


async def test_an_old_farewell_ends_nothing_that_goes_on(writer, committed):
    vera = somebody()
    before = now() - 6_000
    see(writer, committed.acme, vera)
    await written(writer)
    writer.left(committed.acme.schema_name, {vera.visitor: before})
    await written(writer)
    (visit,) = await visits_of(committed.acme, vera)
    assert visit.ended_at is None


async def test_what_the_database_knows_is_told(writer, committed):
    told = []

    def hear(schema, known):
        told.append((schema, known))
        return False

    writer.told = hear
    vera = somebody(source=payloads.Source(kind="search", name="Bing"))
    see(writer, committed.acme, vera)
    await written(writer)
    await inside(committed.acme, lambda: Visitor.objects.update(name="Vera"))
    see(writer, committed.acme, msgspec.structs.replace(vera, source=payloads.Source()), PRICES)
    await written(writer)
    (schema, first), (_, second) = told
    assert schema == committed.acme.schema_name
    assert (first.visitor, first.visits, first.pages, first.name) == (vera.visitor, 1, 1, "")
    assert (second.visits, second.pages, second.name, second.began_at) == (1, 2, "Vera", first.began_at)
    # From page to page the website itself is the referrer: what counts is where the visit began.
    assert second.source == payloads.Source(kind="search", name="Bing")


async def test_companies_keep_their_own(writer, committed):
    vera = somebody()
    see(writer, committed.acme, vera)
    see(writer, committed.globex, somebody())
    await written(writer)
    assert len(await visits_of(committed.acme, vera)) == 1
    assert await visits_of(committed.globex, vera) == []
    assert await inside(committed.globex, Visit.objects.count) == 1


async def test_a_company_that_is_gone_is_no_others_trouble(writer, committed):
    writer.seen("c_1", somebody())
    vera = somebody()
    see(writer, committed.acme, vera)
    await written(writer)
    assert len(await visits_of(committed.acme, vera)) == 1


async def test_one_bad_row_is_left_out(writer, committed):
    good = [somebody() for _ in range(5)]
    for vera in good[:3]:
        see(writer, committed.acme, vera)
    see(writer, committed.acme, somebody(browser="x" * 61))
    for vera in good[3:]:
        see(writer, committed.acme, vera)
    await written(writer)
    assert await inside(committed.acme, Visit.objects.count) == 5


async def test_while_the_database_is_away_everything_waits(writer, committed, monkeypatch):
    fetch = writer._store.fetch

    async def away(statement, *arguments):
        raise refusals.Unavailable

    vera = somebody()
    monkeypatch.setattr(writer._store, "fetch", away)
    for page in (HOME, PRICES):
        see(writer, committed.acme, vera, page)
        await asyncio.sleep(0.05)
    writer.left(committed.acme.schema_name, {vera.visitor: now()})
    await asyncio.sleep(0.05)
    assert writer.waiting
    monkeypatch.setattr(writer._store, "fetch", fetch)
    await written(writer)
    (visit,) = await visits_of(committed.acme, vera)
    assert (visit.pages, visit.ended_at is not None) == (2, True)


async def test_what_waits_is_bounded_and_said_in_one_line(committed, caplog):
    writer = Visits(Store(runtime._dsn()), limit=10)
    for _ in range(20):
        see(writer, committed.acme, somebody())
    assert writer.waiting == 10
    assert caplog.text.count("more are not kept") == 1


async def test_what_waits_is_written_before_the_end(committed):
    store = Store(runtime._dsn())
    writer = Visits(store, limit=10)
    vera = somebody()
    see(writer, committed.acme, vera)
    await writer.stop()
    await store.close()
    assert len(await visits_of(committed.acme, vera)) == 1


async def test_a_batch_that_is_written_twice_changes_nothing(writer, committed, monkeypatch):
    """As after an answer that was lost with the connection."""
    fetch = writer._store.fetch

    async def twice(statement, *arguments):
        await fetch(statement, *arguments)
        return await fetch(statement, *arguments)

    vera = somebody()
    monkeypatch.setattr(writer._store, "fetch", twice)
    see(writer, committed.acme, vera)
    see(writer, committed.acme, vera, PRICES)
    await written(writer)
    (visit,) = await visits_of(committed.acme, vera)
    assert await pages_of(committed.acme, visit) == [HOME.url, PRICES.url]
    assert visit.pages == 2


async def test_an_alarm_closes_what_nobody_ended(writer, committed):
    vera, walter = somebody(), somebody()
    see(writer, committed.acme, vera)
    see(writer, committed.acme, walter)
    await written(writer)
    alarm = await inside(committed.acme, lambda: Alarm.objects.get(kind=visits.CLOSE_ALARM))
    assert (alarm.company_id, alarm.due_at > timezone.now()) == (committed.acme.pk, True)
    await earlier(committed.acme, vera, minutes=31)
    again_at = await inside(committed.acme, visits.close_lost, "")
    assert again_at is not None
    assert again_at > timezone.now()
    (of_vera,), (of_walter,) = [await visits_of(committed.acme, one) for one in (vera, walter)]
    assert (of_vera.ended_at, of_walter.ended_at) == (of_vera.last_seen_at, None)
    await earlier(committed.acme, walter, minutes=31)
    # Nothing more to watch: an idle company has no alarm.
    assert await inside(committed.acme, visits.close_lost, "") is None


def now():
    return int(time.time() * 1000)
