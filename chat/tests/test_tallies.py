"""What the processes of sockets count apart from the log, over real sockets and a real database."""

import contextlib

import pytest

from chat import runtime, tallies
from chat.hot.store import Store
from chat.hot.writer import Writer
from chat.models import Tally
from chat.testing import name
from chat.tests.hot import cut_hot_connections, from_visitor, inside, make_talks
from chat.tests.test_sockets_talk import begin
from core.testing import until


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(tallies, "GATHERED_FOR", 0.01)
    monkeypatch.setattr(tallies, "AGAIN_AFTER", 0.05)


async def total(company, **wanted):
    """The sums over all tallies, once they are these; what they are instead after a while."""
    found = {}

    async def is_as_wanted():
        rows = await inside(company, lambda: list(Tally.objects.values(*wanted)))
        found.update({key: sum(row[key] for row in rows) for key in wanted})
        return found == wanted

    with contextlib.suppress(TimeoutError):
        await until(is_as_wanted)
    return found


async def test_first_words_and_messages_are_counted_once(visit, work, committed):
    vera, bob, conversation_id = await begin(visit, work)
    words = {"conversation_id": conversation_id, "client_id": name(), "text": "Once"}
    await vera.ask("message.send", **words)
    await vera.ask("message.send", **words)
    await bob.ask("message.send", conversation_id=conversation_id, client_id=name(), text="Hi")
    wanted = {"sent": 3, "acknowledged": 3, "repeated": 1, "out_of_order": 0}
    assert await total(committed.acme, **wanted) == wanted


async def test_asking_again_for_a_conversation_counts_its_words_once(visit, work, committed):
    await work("bob")
    vera = await visit()
    page = {"url": "https://acme.example/", "title": "Acme"}
    words = {"client_id": name(), "text": "Hello", "page": page}
    for _ in range(2):
        await vera.ask("conversation.request", **words)
    assert await total(committed.acme, acknowledged=1) == {"acknowledged": 1}


async def test_what_is_refused_was_sent(visit, work, committed):
    vera, bob, conversation_id = await begin(visit, work)
    await bob.ask("conversation.end", conversation_id=conversation_id)
    await vera.ask("message.send", conversation_id=conversation_id, client_id=name(), text="Too late")
    wanted = {"sent": 2, "acknowledged": 1}
    assert await total(committed.acme, **wanted) == wanted


async def test_a_browser_that_holds_more_than_the_log_is_noted(visit, work, committed):
    _, bob, conversation_id = await begin(visit, work)
    await bob.ask("conversation.follow", conversation_id=conversation_id, after=3)
    await bob.ask("conversation.follow", conversation_id=conversation_id, after=9)

    def most_held():
        return max(Tally.objects.values_list("held", flat=True), default=0)

    assert await until(lambda: inside(committed.acme, most_held)) == 9


async def test_another_company_s_tallies_stay_its_own(visit, work, committed):
    await begin(visit, work)
    assert await total(committed.acme, acknowledged=1) == {"acknowledged": 1}
    assert await inside(committed.globex, Tally.objects.count) == 0


async def test_a_batch_that_is_written_again_counts_once(live, committed):
    acme = committed.acme
    talk = (await make_talks(acme, 1))[0]
    before = await total(acme, acknowledged=1)
    counts = tallies.Counts()
    counts.acknowledged = counts.sent = 2
    for _ in range(2):
        await live.tallies._write_company(7, acme.schema_name, {talk.pk: counts})
    assert await total(acme, acknowledged=3) == {"acknowledged": before["acknowledged"] + 2}


async def test_counts_outlive_a_lost_connection(live, committed):
    acme = committed.acme
    talk = (await make_talks(acme, 1))[0]
    live.tallies.acknowledged(acme.schema_name, talk.pk, 4, in_order=True)
    await total(acme, acknowledged=2)
    await cut_hot_connections()
    live.tallies.acknowledged(acme.schema_name, talk.pk, 5, in_order=False)
    wanted = {"acknowledged": 3, "out_of_order": 1}
    assert await total(acme, **wanted) == wanted


async def test_the_end_of_a_process_writes_what_it_has_counted(live, committed, monkeypatch):
    monkeypatch.setattr(tallies, "GATHERED_FOR", 60)
    acme = committed.acme
    talk = (await make_talks(acme, 1))[0]
    live.tallies.acknowledged(acme.schema_name, talk.pk, 4, in_order=True)
    await live.tallies.stop()
    assert await total(acme, acknowledged=2) == {"acknowledged": 2}


async def test_the_same_message_twice_in_a_batch_is_news_once(committed):
    acme = committed.acme
    talk = (await make_talks(acme, 1))[0]
    store = Store(runtime._dsn())
    message = from_visitor(acme, talk)
    first, second = await Writer(store).write([message, message])
    await store.close()
    assert not isinstance(first, Exception)
    assert not isinstance(second, Exception)
    assert (first.repeated, second.repeated) == (False, True)
    assert first.number == second.number
