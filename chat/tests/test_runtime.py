"""What a process of sockets has once, and how it ends."""

from chat import runtime
from chat.tests import hot


async def test_a_part_that_cannot_end_keeps_no_other_from_ending(committed, monkeypatch):
    talk = (await hot.make_talks(committed.acme, 1))[0]
    started = await runtime.start()

    async def fail():
        raise ConnectionError

    monkeypatch.setattr(started.leases, "stop", fail)
    started.writer.put(hot.from_visitor(committed.acme, talk, text="The last words"), lambda outcome: None)
    await runtime.stop()
    assert (await hot.log_of(committed.acme, talk))[-1][1] == "The last words"
    assert started.hub._subscriber is None
