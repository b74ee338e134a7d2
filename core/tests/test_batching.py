import asyncio

import pytest

from core import errors
from core.realtime.batching import RUSH, Batcher


class Work:
    """Doubles numbers when let, and remembers the batches it was given."""

    def __init__(self):
        self.batches = []
        self.go = asyncio.Event()

    async def __call__(self, items):
        self.batches.append(items)
        await self.go.wait()
        if -1 in items:
            raise ValueError("poison")
        return [item * 2 for item in items]


@pytest.fixture
def work():
    return Work()


@pytest.fixture
async def batcher(work):
    batcher = Batcher(work, limit=10, most=4)
    batcher.start()
    yield batcher
    work.go.set()
    await batcher.stop()


async def turn():
    await asyncio.sleep(0.01)


async def test_an_idle_one_works_at_once(batcher, work):
    work.go.set()
    assert await batcher.ask(21) == 42
    assert work.batches == [[21]]


async def test_what_comes_while_it_works_goes_together(batcher, work):
    first = asyncio.create_task(batcher.ask(1))
    await turn()
    others = [asyncio.create_task(batcher.ask(number)) for number in (2, 3, 4)]
    await turn()
    work.go.set()
    assert await asyncio.gather(first, *others) == [2, 4, 6, 8]
    assert work.batches == [[1], [2, 3, 4]]


async def test_no_batch_is_larger_than_the_most(batcher, work):
    asked = [asyncio.create_task(batcher.ask(number)) for number in range(9)]
    work.go.set()
    await asyncio.gather(*asked)
    assert work.batches == [[0, 1, 2, 3], [4, 5, 6, 7], [8]]


async def test_one_bad_item_fails_alone(batcher, work):
    work.go.set()
    answers = await asyncio.gather(*map(batcher.ask, [1, -1, 2]), return_exceptions=True)
    assert (answers[0], answers[2]) == (2, 4)
    assert isinstance(answers[1], ValueError)


async def test_what_is_told_to_all_is_not_tried_one_by_one():
    tried = []

    async def away(items):
        tried.append(items)
        raise errors.SlowDown

    batcher = Batcher(away, limit=10)
    batcher.start()
    answers = await asyncio.gather(*map(batcher.ask, [1, 2, 3]), return_exceptions=True)
    await batcher.stop()
    assert [type(answer) for answer in answers] == [errors.SlowDown] * 3
    assert tried == [[1, 2, 3]]


async def test_beyond_the_limit_it_says_slow_down(batcher, work):
    asked = [asyncio.create_task(batcher.ask(number)) for number in range(4)]
    await turn()
    asked += [asyncio.create_task(batcher.ask(number)) for number in range(10)]
    await turn()
    with pytest.raises(errors.SlowDown):
        await batcher.ask(99)
    work.go.set()
    await asyncio.gather(*asked)
    assert await batcher.ask(5) == 10


async def test_who_does_not_wait_any_more_disturbs_nobody(batcher, work):
    gone, waiting = asyncio.create_task(batcher.ask(1)), asyncio.create_task(batcher.ask(2))
    await turn()
    gone.cancel()
    work.go.set()
    assert await waiting == 4


async def test_an_answer_that_cannot_be_given_disturbs_nobody(batcher, work):
    def broken(result):
        raise RuntimeError("the socket is gone")

    work.go.set()
    batcher.put(1, broken)
    assert await batcher.ask(2) == 4
    assert await batcher.ask(3) == 6


async def test_stopping_finishes_what_was_taken_on(batcher, work):
    asked = [asyncio.create_task(batcher.ask(number)) for number in range(6)]
    await turn()
    stopping = asyncio.create_task(batcher.stop())
    await turn()
    work.go.set()
    assert await asyncio.gather(*asked) == [0, 2, 4, 6, 8, 10]
    await stopping


@pytest.fixture
async def paced(work):
    """Would rest for as good as ever."""
    work.go.set()
    batcher = Batcher(work, limit=100, pace=1000)
    batcher.start()
    yield batcher
    batcher._waiting.clear()
    await batcher.stop()


async def test_where_few_come_none_waits_for_the_pace(paced):
    async with asyncio.timeout(10):
        assert [await paced.ask(number) for number in (1, 2)] == [2, 4]


async def test_in_a_rush_the_next_batch_waits_for_the_pace(work, paced):
    async with asyncio.timeout(10):
        await asyncio.gather(*map(paced.ask, range(RUSH)))
    late = asyncio.create_task(paced.ask(1))
    await turn()
    assert (len(work.batches), late.done()) == (1, False)
    late.cancel()
