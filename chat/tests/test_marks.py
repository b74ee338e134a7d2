import pytest

from chat import runtime
from chat.hot.marks import Mark, Marker
from chat.hot.store import Store
from chat.models import Conversation
from chat.tests.hot import inside, make_talks
from core.errors import NotFound
from protocol.payloads import Marks


@pytest.fixture
async def marker(committed):
    store = Store(runtime._dsn())
    yield Marker(store)
    await store.close()


@pytest.fixture
def acme(committed):
    return committed.acme


@pytest.fixture
async def talk(acme):
    return (await make_talks(acme, 1))[0]


def by_visitor(company, talk, delivered=0, read=0):
    return Mark(company.schema_name, talk.pk, talk.visitor_id, None, delivered, read)


def by_agent(company, talk, delivered=0, read=0, agent_id=None):
    return Mark(company.schema_name, talk.pk, None, agent_id or talk.agent_id, delivered, read)


async def stored(company, talk):
    row = await inside(company, Conversation.objects.get, pk=talk.pk)
    return Marks(
        visitor_delivered=row.visitor_delivered,
        visitor_read=row.visitor_read,
        agent_delivered=row.agent_delivered,
        agent_read=row.agent_read,
    )


async def test_each_side_moves_its_own_marks(marker, acme, talk):
    outcomes = await marker.move(
        [by_visitor(acme, talk, delivered=2, read=1), by_agent(acme, talk, delivered=3)]
    )
    marks = Marks(visitor_delivered=2, visitor_read=1, agent_delivered=3)
    assert outcomes == [marks, marks]
    assert await stored(acme, talk) == marks


async def test_marks_never_go_back(marker, acme, talk):
    await marker.move([by_visitor(acme, talk, delivered=3, read=2)])
    (marks,) = await marker.move([by_visitor(acme, talk, delivered=1, read=1)])
    assert marks == Marks(visitor_delivered=3, visitor_read=2)


async def test_marks_never_pass_the_end_of_the_log(marker, acme, talk):
    (marks,) = await marker.move([by_visitor(acme, talk, delivered=2**31 - 1, read=2**31 - 1)])
    assert marks == Marks(visitor_delivered=3, visitor_read=3)


async def test_what_was_read_was_delivered(marker, acme, talk):
    (marks,) = await marker.move([by_agent(acme, talk, read=2)])
    assert marks == Marks(agent_delivered=2, agent_read=2)


async def test_of_many_marks_in_a_batch_the_farthest_counts(marker, acme, talk):
    batch = [by_visitor(acme, talk, delivered=number, read=number - 1) for number in (2, 3, 1)]
    assert await marker.move(batch) == [Marks(visitor_delivered=3, visitor_read=2)] * 3


async def test_a_colleague_who_looks_on_marks_nothing(marker, acme, talk):
    (outcome,) = await marker.move([by_agent(acme, talk, delivered=3, read=3, agent_id=talk.agent_id + 1)])
    # Nothing that could be told to those who talk.
    assert isinstance(outcome, NotFound)
    assert await stored(acme, talk) == Marks()


@pytest.mark.parametrize("order", [1, -1])
async def test_beside_a_colleague_who_looks_on_the_holders_marks_count(marker, acme, talk, order):
    batch = [
        by_agent(acme, talk, delivered=3, read=3, agent_id=talk.agent_id + 1),
        by_agent(acme, talk, delivered=2, read=1),
    ]
    await marker.move(batch[::order])
    assert await stored(acme, talk) == Marks(agent_delivered=2, agent_read=1)


@pytest.mark.parametrize("order", [1, -1])
async def test_beside_another_visitor_the_visitors_marks_count(marker, acme, order):
    talk, other = await make_talks(acme, 2)
    batch = [
        by_visitor(acme, talk, delivered=3, read=3)._replace(visitor_id=other.visitor_id),
        by_visitor(acme, talk, delivered=2, read=1),
    ]
    await marker.move(batch[::order])
    assert await stored(acme, talk) == Marks(visitor_delivered=2, visitor_read=1)


async def test_several_conversations_and_companies_in_one_batch(marker, committed):
    one, two = await make_talks(committed.acme, 2)
    (third,) = await make_talks(committed.globex, 1, agent_id="mallory")
    batch = [
        by_visitor(committed.acme, two, delivered=2),
        by_visitor(committed.globex, third, delivered=3),
        by_visitor(committed.acme, one, delivered=1),
    ]
    assert [marks.visitor_delivered for marks in await marker.move(batch)] == [2, 3, 1]


async def test_a_conversation_that_is_not_there_is_not_found(marker, acme, talk):
    batch = [by_visitor(acme, talk)._replace(conversation_id=999), by_visitor(acme, talk, delivered=1)]
    missing, marks = await marker.move(batch)
    assert isinstance(missing, NotFound)
    assert marks == Marks(visitor_delivered=1)
