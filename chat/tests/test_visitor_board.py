"""Who is on the website now, from several processes, as agents see it."""

import asyncio
import uuid

import msgspec
import pytest
import redis
from django.conf import settings

from chat import audiences
from chat.hot import visit_statements
from chat.hot.visits import Visits
from chat.visitor_board import Board, board, keeper, keys, left, site
from core.realtime.hub import Hub
from core.tenancy import context
from core.testing import PATIENCE, until
from protocol import events, payloads

HOME, PRICES = payloads.Page(url="https://acme.example/"), payloads.Page(url="https://acme.example/prices")


@pytest.fixture(autouse=True)
def schema(monkeypatch):
    """A company that no other test knows, on a fast clock."""
    monkeypatch.setattr(board, "TICK", 0.01)
    monkeypatch.setattr(board, "GRACE", 0.15)
    monkeypatch.setattr(site, "PATIENCE", -1)
    # No process that only waits for its turn on a busy machine is taken for dead.
    monkeypatch.setattr(keeper, "LEASE", 60)
    monkeypatch.setattr(keeper, "EVERY", 0.1)
    # Who left is in the database: chat/tests/test_board_on_sockets.py.
    monkeypatch.setattr(left, "lately", lambda most: (30, {}))
    name = f"c_{uuid.uuid4().hex}"
    # Nor does the process that other tests ask (chat/tests/server.py) bury one of these.
    monkeypatch.setattr(keys, "PROCESSES", f"board:processes:{name}")
    with context.entered(name):
        yield name


@pytest.fixture
async def hub():
    hub = Hub(settings.REDIS_URL)
    await hub.start()
    yield hub
    await hub.stop()


class NoRows:
    """A database that says nothing; it keeps what it was told."""

    def __init__(self):
        self.statements = []

    async def fetch(self, statement, *arguments):
        self.statements.append((statement, arguments))
        return []

    def ended_in(self, schema):
        told = [args for statement, args in self.statements if statement == visit_statements.left(schema)]
        return [visitor for visitors, _ in told for visitor in visitors]


@pytest.fixture
def rows():
    return NoRows()


@pytest.fixture
async def boards(hub, rows):
    """Two processes."""
    boards = [Board(hub, Visits(rows, limit=1000)), Board(hub, Visits(rows, limit=1000))]
    for each in boards:
        each._visits.start()
        await each.start()
    yield boards
    for each in boards:
        await each.stop()
        await each._visits.stop()


class Agent:
    """Keeps up as a client does: takes changes that fit, else the snapshot again."""

    def __init__(self, board):
        self.board = board
        self.snapshots = 0
        self.changes: list[events.BoardChanged] = []

    async def open(self):
        snapshot = await self.board.opened()
        self.version = snapshot.version
        visitors = msgspec.json.decode(snapshot.visitors, type=list[payloads.BoardVisitor])
        self.visitors = {one.visitor: one for one in visitors}
        self.snapshots += 1

    def push(self, packet):
        self.changes.append(msgspec.json.decode(packet.payload, type=events.BoardChanged))

    def resync(self):
        pass

    async def sees(self, *pages):
        """Waits until exactly these pages are looked at."""
        async with asyncio.timeout(PATIENCE):
            while sorted(one.page.url for one in self.visitors.values()) != sorted(
                page.url for page in pages
            ):
                await asyncio.sleep(0.005)
                await self._take_in()
        return list(self.visitors.values())

    async def _take_in(self):
        while self.changes:
            change = self.changes.pop(0)
            if change.version <= self.version:
                continue
            if change.base != self.version:
                await self.open()
                continue
            self.visitors |= {one.visitor: one for one in change.changed}
            for move in change.moved:
                known = self.visitors[move.visitor]
                told = {"page": move.page, "pages": move.pages, "last_message_at": move.last_message_at}
                self.visitors[move.visitor] = msgspec.structs.replace(known, **told)
            for gone in change.left:
                self.visitors.pop(gone.visitor, None)
            self.version = change.version


@pytest.fixture
async def agent(hub, boards):
    agent = Agent(boards[0])
    await hub.join(audiences.board(), agent)
    await agent.open()
    return agent


def somebody(page=HOME, entered_at=1):
    return payloads.BoardVisitor(
        visitor=str(uuid.uuid4()), page=page, entered_at=entered_at, language="zh-CN"
    )


async def test_it_is_empty_at_first(agent):
    assert agent.visitors == {}


async def test_whoever_comes_is_seen_with_all_that_is_known(agent, boards):
    vera = somebody()
    boards[0].enter(vera)
    assert await agent.sees(HOME) == [vera]


async def test_visitors_of_all_processes_are_seen(agent, boards):
    boards[0].enter(somebody(HOME))
    boards[1].enter(somebody(PRICES))
    await agent.sees(HOME, PRICES)
    await agent.open()
    await agent.sees(HOME, PRICES)


async def test_who_moves_to_another_page_is_seen_there(agent, boards):
    vera = somebody()
    boards[0].enter(vera)
    await agent.sees(HOME)
    boards[0].move(vera.visitor, PRICES)
    await agent.sees(PRICES)


async def test_who_leaves_is_gone_after_a_moment(agent, boards):
    vera = somebody()
    boards[0].enter(vera)
    await agent.sees(HOME)
    boards[0].leave(vera.visitor)
    await agent.sees()


async def test_who_comes_back_within_the_moment_never_left(agent, boards):
    vera = somebody(entered_at=1)
    boards[0].enter(vera)
    await agent.sees(HOME)
    boards[0].leave(vera.visitor)
    boards[0].enter(msgspec.structs.replace(vera, page=PRICES, entered_at=999))
    (seen,) = await agent.sees(PRICES)
    assert seen.entered_at == 1
    await asyncio.sleep(0.3)
    await agent.sees(PRICES)


async def test_an_old_farewell_does_not_cut_a_new_moment_short(agent, boards, monkeypatch):
    vera = somebody()
    boards[0].enter(vera)
    boards[0].leave(vera.visitor)
    boards[0].enter(vera)
    with monkeypatch.context() as patched:
        patched.setattr(board, "GRACE", 60)
        boards[0].leave(vera.visitor)
    # The first moment is over, the second is not.
    await asyncio.sleep(0.3)
    boards[0].enter(vera)
    await until(lambda: agent.changes)
    assert all(not change.left for change in agent.changes)
    await agent.sees(HOME)


async def test_with_two_tabs_one_may_close(agent, boards):
    vera = somebody()
    boards[0].enter(vera)
    boards[0].enter(vera)
    boards[0].leave(vera.visitor)
    await asyncio.sleep(0.3)
    await agent.sees(HOME)
    boards[0].leave(vera.visitor)
    await agent.sees()


async def test_who_goes_on_in_another_process_has_not_left(agent, boards):
    vera = somebody()
    boards[0].enter(vera)
    await agent.sees(HOME)
    boards[0].leave(vera.visitor)
    boards[1].enter(msgspec.structs.replace(vera, page=PRICES))
    await agent.sees(PRICES)
    await asyncio.sleep(0.4)
    await agent.sees(PRICES)
    boards[1].leave(vera.visitor)
    await agent.sees()


async def test_many_changes_arrive_without_a_second_snapshot(agent, boards):
    crowd = [somebody() for _ in range(40)]
    for place, vera in enumerate(crowd):
        boards[place % 2].enter(vera)
        await asyncio.sleep(0.002)
    await agent.sees(*[HOME] * 40)
    for place, vera in enumerate(crowd):
        boards[place % 2].leave(vera.visitor)
    await agent.sees()
    assert agent.snapshots == 1


async def test_a_move_is_told_in_few_words(agent, boards):
    vera = msgspec.structs.replace(somebody(), browser="Firefox 128", ip="203.0.113.7")
    boards[0].enter(vera)
    await agent.sees(HOME)
    boards[0].move(vera.visitor, PRICES)
    while not agent.changes:
        await asyncio.sleep(0.005)
    (change,) = agent.changes
    assert (change.changed, change.left) == ([], [])
    assert change.moved == [payloads.BoardMove(visitor=vera.visitor, page=PRICES, pages=2)]
    (seen,) = await agent.sees(PRICES)
    assert (seen.browser, seen.pages) == ("Firefox 128", 2)


async def test_when_a_visitor_wrote_is_told_and_never_goes_back(agent, boards, schema):
    vera = somebody()
    boards[0].enter(vera)
    await agent.sees(HOME)
    for at in (2_000, 1_000):
        boards[0].speak(schema, vera.visitor, at)
    boards[0].speak(schema, "nobody", 3_000)
    boards[0].move(vera.visitor, PRICES)
    (seen,) = await agent.sees(PRICES)
    assert seen.last_message_at == 2_000


async def test_a_process_that_ends_hands_its_visitors_on(agent, boards):
    """Who comes to another process within the moment has never left; the others have, when it is over."""
    vera, walter = somebody(HOME), somebody(PRICES)
    boards[1].enter(vera)
    boards[1].enter(walter)
    await agent.sees(HOME, PRICES)
    await boards[1].stop()
    boards[0].enter(msgspec.structs.replace(vera, page=PRICES))
    (seen,) = await agent.sees(PRICES)
    assert seen.visitor == vera.visitor
    assert agent.snapshots == 1


async def test_a_process_that_died_takes_those_along_who_do_not_come_back(agent, boards, rows, schema):
    vera, walter = somebody(HOME), somebody(HOME)
    boards[1].enter(vera)
    boards[1].enter(walter)
    await agent.sees(HOME, HOME)
    die(boards[1])
    boards[0].enter(msgspec.structs.replace(vera, page=PRICES))
    (seen,) = await agent.sees(PRICES)
    assert seen.visitor == vera.visitor
    await until(lambda: rows.ended_in(schema))
    assert rows.ended_in(schema) == [walter.visitor]


async def test_nobody_is_left_behind_where_only_agents_are(agent, boards, hub):
    """Nothing else happens in the company: whoever notices the dead process tells it."""
    boards[1].enter(somebody(HOME))
    await agent.sees(HOME)
    die(boards[1])
    await agent.sees()


def die(board):
    """As kill -9 would: nothing is told, the lease is not renewed, and lapses."""
    board._task.cancel()
    board._keeper._task.cancel()
    board._keeper._standing.clear()
    board._sites.clear()
    lease = keys.lease(board._keeper.process)
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        assert 0 < valkey.ttl(lease) <= keeper.LEASE
        valkey.delete(lease)


async def test_a_process_that_was_only_slow_is_there_again(agent, boards):
    vera = somebody(HOME)
    boards[1].enter(vera)
    await agent.sees(HOME)
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        valkey.delete(f"board:lease:{boards[1]._keeper.process}")
    await boards[0]._keeper._bury(boards[1]._keeper.process)
    await agent.sees(HOME)
    await asyncio.sleep(0.3)
    await agent.sees(HOME)


async def test_an_emptied_valkey_is_filled_again(agent, boards, schema):
    crowd = [somebody(HOME) for _ in range(1200)]
    for vera in crowd:
        boards[0].enter(vera)
    await agent.sees(*[HOME] * 1200)
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        valkey.delete(*valkey.scan_iter(f"{schema}:*"), *valkey.scan_iter("board:*"))
    agent.visitors = {}
    await agent.sees(*[HOME] * 1200)
    boards[1].enter(somebody(PRICES))
    await agent.sees(PRICES, *[HOME] * 1200)


async def test_versions_never_begin_again(agent, boards, schema):
    boards[0].enter(somebody(HOME))
    await agent.sees(HOME)
    before = agent.version
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        valkey.delete(f"{schema}:board:version")
    boards[0].enter(somebody(PRICES))
    await agent.sees(HOME, PRICES)
    assert agent.version > before


async def test_a_company_without_visitors_leaves_nothing_to_do(agent, boards, schema):
    vera = somebody(HOME)
    boards[0].enter(vera)
    await agent.sees(HOME)
    boards[0].leave(vera.visitor)
    await agent.sees()
    await until(lambda: schema not in boards[0]._sites)
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        await until(lambda: not valkey.exists(f"board:lease:{boards[0]._keeper.process}"))
        assert not valkey.sismember("board:processes", boards[0]._keeper.process)


async def test_one_address_fills_no_board(agent, boards, settings, caplog):
    settings.BOARD_PER_ADDRESS = 2
    for _ in range(4):
        boards[0].enter(msgspec.structs.replace(somebody(HOME), ip="8.8.8.8"))
    boards[0].enter(msgspec.structs.replace(somebody(PRICES), ip="9.9.9.9"))
    await agent.sees(HOME, HOME, PRICES)
    assert caplog.text.count("more are not listed") == 1


async def test_a_local_network_may_hold_everybody(agent, boards, settings):
    """Behind a proxy that does not say whom it speaks for, all come from there."""
    settings.BOARD_PER_ADDRESS = 1
    for _ in range(3):
        boards[0].enter(msgspec.structs.replace(somebody(HOME), ip="172.18.0.2"))
    await agent.sees(HOME, HOME, HOME)


async def test_a_company_fills_no_process(agent, boards, settings):
    settings.BOARD_PER_COMPANY = 2
    assert [boards[0].enter(somebody(HOME)) for number in range(3)] == [True, True, False]
    await agent.sees(HOME, HOME)


async def test_companies_do_not_see_each_others_visitors(agent, boards):
    with context.entered(f"c_{uuid.uuid4().hex}"):
        boards[0].enter(somebody(PRICES))
    boards[0].enter(somebody(HOME))
    await agent.sees(HOME)
    await agent.open()
    await agent.sees(HOME)
