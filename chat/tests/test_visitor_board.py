"""Who is on the website now, from several processes, as agents see it."""

import asyncio
import uuid

import msgspec
import pytest
import redis
from django.conf import settings

from chat import audiences, visitor_board
from chat.visitor_board import Board
from core.realtime.hub import Hub
from core.tenancy import context
from protocol import events, payloads

HOME, PRICES = payloads.Page(url="https://acme.example/"), payloads.Page(url="https://acme.example/prices")


@pytest.fixture(autouse=True)
def schema(monkeypatch):
    """A company that no other test knows, on a fast clock."""
    monkeypatch.setattr(visitor_board, "TICK", 0.01)
    monkeypatch.setattr(visitor_board, "GRACE", 0.15)
    name = f"c_{uuid.uuid4().hex}"
    with context.entered(name):
        yield name


@pytest.fixture
async def hub():
    hub = Hub(settings.REDIS_URL)
    await hub.start()
    yield hub
    await hub.stop()


@pytest.fixture
async def boards(hub):
    """Two processes."""
    boards = [Board(hub), Board(hub)]
    for board in boards:
        board.start()
    yield boards
    for board in boards:
        await board.stop()


class Agent:
    """Keeps up as a client does: takes changes that fit, else the snapshot again."""

    def __init__(self, board):
        self.board = board
        self.snapshots = 0
        self.changes: list[events.BoardChanged] = []

    async def open(self):
        self.version, visitors = await self.board.opened()
        self.visitors = {one.visitor: one for one in visitors}
        self.snapshots += 1

    def push(self, packet):
        self.changes.append(msgspec.json.decode(packet.payload, type=events.BoardChanged))

    def resync(self):
        pass

    async def sees(self, *pages, by=5):
        """Waits until exactly these pages are looked at."""
        async with asyncio.timeout(by):
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
    assert (agent.version, agent.visitors) == (0, {})


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


async def test_an_old_farewell_does_not_cut_a_new_moment_short(agent, boards):
    vera = somebody()
    boards[0].enter(vera)
    boards[0].leave(vera.visitor)
    await asyncio.sleep(0.1)
    boards[0].enter(vera)
    boards[0].leave(vera.visitor)
    await asyncio.sleep(0.1)
    boards[0].enter(vera)
    await asyncio.sleep(0.2)
    await agent.sees(HOME)
    assert all(not change.left for change in agent.changes)


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


async def test_a_process_that_ends_takes_its_visitors_off(agent, boards):
    boards[1].enter(somebody(HOME))
    boards[0].enter(somebody(PRICES))
    await agent.sees(HOME, PRICES)
    await boards[1].stop()
    await agent.sees(PRICES)


async def test_a_process_that_died_takes_its_visitors_along(agent, boards, schema):
    """Its lease lapses in Valkey; whoever tells the next change has agents look again."""
    boards[1].enter(somebody(HOME))
    await agent.sees(HOME)
    boards[1]._task.cancel()
    boards[1]._sites.clear()
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        valkey.delete(f"{schema}:board:process:{boards[1]._process}")
    boards[0].enter(somebody(PRICES))
    await agent.sees(PRICES)
    assert agent.snapshots == 2


async def test_an_emptied_valkey_is_filled_again(agent, boards, schema, monkeypatch):
    monkeypatch.setattr(visitor_board, "PROCESS_LEASE", 1)
    vera = somebody(HOME)
    boards[0].enter(vera)
    await agent.sees(HOME)
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        valkey.delete(*valkey.scan_iter(f"{schema}:*"))
    await asyncio.sleep(0.7)
    await agent.open()
    assert list(agent.visitors.values()) == [vera]


async def test_companies_do_not_see_each_others_visitors(agent, boards):
    with context.entered(f"c_{uuid.uuid4().hex}"):
        boards[0].enter(somebody(PRICES))
    boards[0].enter(somebody(HOME))
    await agent.sees(HOME)
    await agent.open()
    await agent.sees(HOME)
