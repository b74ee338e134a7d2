import pytest

from chat import runtime
from chat.hot.numbers import Question, Reader
from chat.hot.store import Store
from chat.tests.hot import make_talks


@pytest.fixture
async def reader(committed):
    store = Store(runtime._dsn())
    yield Reader(store)
    await store.close()


async def test_each_question_is_answered_for_its_own_company(reader, committed):
    (one,) = await make_talks(committed.acme, 1)
    (other,) = await make_talks(committed.globex, 1, agent_id="mallory")
    # Tests before this one may have used up more numbers in one company than in the other.
    while one.pk < other.pk:
        (one,) = await make_talks(committed.acme, 1)
    while other.pk < one.pk:
        (other,) = await make_talks(committed.globex, 1, agent_id="mallory")
    (two,) = await make_talks(committed.acme, 1)
    acme, globex = (company.schema_name for company in committed)
    questions = [
        Question(globex, (other.pk, two.pk)),
        Question(acme, (two.pk,)),
        Question(acme, (one.pk, 999)),
    ]
    assert await reader.read(questions) == [{other.pk: 3}, {two.pk: 3}, {one.pk: 3}]


async def test_who_asks_of_nothing_hears_nothing(reader, committed):
    (talk,) = await make_talks(committed.acme, 1)
    acme, globex = (company.schema_name for company in committed)
    assert await reader.read([Question(globex, ()), Question(acme, (talk.pk,))]) == [{}, {talk.pk: 3}]
