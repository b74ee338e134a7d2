import asyncio

import pytest

from core.realtime.http.mailbox import Mailbox
from core.realtime.http.said import Batch


@pytest.fixture
async def mailbox():
    return Mailbox()


async def test_frames_are_numbered_and_stay_until_they_are_confirmed(mailbox):
    mailbox.put(b"one")
    mailbox.put(b"two")
    assert await mailbox.fetch(0, 0) == Batch(1, [b"one", b"two"])
    assert await mailbox.fetch(0, 0) == Batch(1, [b"one", b"two"])
    mailbox.forget(1)
    assert await mailbox.fetch(0, 0) == Batch(2, [b"two"])
    mailbox.put(b"three")
    assert await mailbox.fetch(2, 0) == Batch(3, [b"three"])


async def test_whoever_waits_gets_what_comes_at_once(mailbox):
    waiting = [asyncio.create_task(mailbox.fetch(0, 5)) for _ in range(2)]
    await asyncio.sleep(0)
    mailbox.put(b"one")
    assert await asyncio.gather(*waiting) == [Batch(1, [b"one"])] * 2


async def test_nothing_comes_in_time(mailbox):
    assert await mailbox.fetch(0, 0.01) == Batch(1, [])


async def test_the_end_comes_after_everything(mailbox):
    mailbox.put(b"last")
    mailbox.close(4001)
    mailbox.close(1006)
    assert await mailbox.fetch(0, 0) == Batch(1, [b"last"], 4001)
    assert await mailbox.fetch(1, 0) == Batch(2, [], 4001)


async def test_cutting_off_drops_what_was_not_fetched(mailbox):
    mailbox.put(b"lost")
    mailbox.close(4009, abort=True)
    assert await mailbox.fetch(0, 0) == Batch(2, [], 4009)


async def test_much_comes_in_parts(mailbox):
    for _ in range(10):
        mailbox.put(b"x" * 100_000)
    mailbox.close(4001)
    after, codes = 0, []
    while after < 10:
        batch = await mailbox.fetch(after, 0)
        assert batch.first == after + 1
        assert sum(map(len, batch.frames)) <= 256 * 1024
        after += len(batch.frames)
        codes.append(batch.code)
    assert codes == [None] * (len(codes) - 1) + [4001]


async def test_it_tells_what_nobody_has_fetched(mailbox):
    assert mailbox.put(b"12345") == 0
    assert mailbox.put(b"12345") == 5
    await mailbox.fetch(0, 0)
    assert mailbox.put(b"12345") == 0


async def test_what_is_fetched_and_never_confirmed_counts_as_well_in_the_end(mailbox, settings):
    settings.SEND_BUFFER_LIMIT = 100
    for place in range(60):
        before = mailbox.put(b"x" * 10)
        await mailbox.fetch(place, 0)
    assert before == 590 - 400


@pytest.mark.parametrize("heard", [7, 2**53 - 1])
async def test_who_claims_to_have_more_than_there_is_disturbs_nothing(mailbox, heard):
    mailbox.put(b"one")
    mailbox.forget(heard)
    assert await mailbox.fetch(heard, 0.01) == Batch(2, [])
    mailbox.put(b"two")
    assert await mailbox.fetch(0, 0) == Batch(2, [b"two"])
