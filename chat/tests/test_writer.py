import asyncio
import contextlib
import random

import asyncpg
import pytest

from chat import errors, runtime
from chat.hot import store as hot_store
from chat.hot import writer as hot_writer
from chat.hot.store import Store
from chat.hot.writer import Writer
from chat.models import Conversation, Entry
from chat.services import conversations
from chat.tests.hot import (
    cut_hot_connections,
    from_agent,
    from_visitor,
    inside,
    last_number,
    log_of,
    make_talks,
)
from core.errors import NotFound
from core.realtime import refusals
from core.realtime.batching import Batcher


@pytest.fixture
async def stores(committed):
    stores = [Store(runtime._dsn()) for _ in range(2)]
    yield stores
    for store in stores:
        await store.close()


@pytest.fixture
def writer(stores):
    return Writer(stores[0])


@pytest.fixture
def other_writer(stores):
    return Writer(stores[1])


@pytest.fixture
async def batcher(writer):
    batcher = Batcher(writer.write, limit=10_000)
    batcher.start()
    yield batcher
    await batcher.stop()


@pytest.fixture
def acme(committed):
    return committed.acme


@pytest.fixture
async def talk(acme):
    return (await make_talks(acme, 1))[0]


async def test_both_sides_are_numbered_in_the_order_they_came(writer, acme, talk):
    batch = [
        from_visitor(acme, talk, text="a"),
        from_agent(acme, talk, text="b"),
        from_visitor(acme, talk, text="c"),
    ]
    stored = await writer.write(batch)
    assert [one.number for one in stored] == [4, 5, 6]
    assert (await log_of(acme, talk))[3:] == [(4, "a"), (5, "b"), (6, "c")]
    assert await last_number(acme, talk) == 6


async def test_a_repeat_gets_the_first_answer(writer, acme, talk):
    message = from_visitor(acme, talk)
    (first,) = await writer.write([message])
    (again,) = await writer.write([message])
    assert (first.repeated, again.repeated) == (False, True)
    assert (again.number, again.at) == (first.number, first.at)
    assert await last_number(acme, talk) == 4


async def test_the_same_message_twice_in_a_batch_is_stored_once(writer, acme, talk):
    message = from_visitor(acme, talk)
    first, again = await writer.write([message, message])
    assert first.number == again.number == 4
    assert await last_number(acme, talk) == 4


async def test_a_repeat_among_new_ones_leaves_no_gap(writer, acme, talk):
    known = from_visitor(acme, talk)
    await writer.write([known])
    outcomes = await writer.write([from_visitor(acme, talk), known, from_agent(acme, talk)])
    assert [one.number for one in outcomes] == [5, 4, 6]
    assert [number for number, _ in await log_of(acme, talk)] == [1, 2, 3, 4, 5, 6]


async def test_the_same_message_through_two_processes_at_once_is_stored_once(
    writer, other_writer, acme, talk
):
    for expected in range(4, 24):
        message = from_visitor(acme, talk)
        ((first,), (other,)) = await asyncio.gather(writer.write([message]), other_writer.write([message]))
        assert first.number == other.number == expected
        assert {first.repeated, other.repeated} == {False, True}
    assert [number for number, _ in await log_of(acme, talk)] == list(range(1, 24))


async def test_two_processes_on_the_same_conversations_leave_no_gap(writer, other_writer, acme):
    talks = await make_talks(acme, 5)

    async def write(writer, seed):
        chance = random.Random(seed)
        for _ in range(40):
            chosen = [chance.choice(talks) for _ in range(chance.randint(1, 12))]
            outcomes = await writer.write([from_visitor(acme, talk) for talk in chosen])
            assert [type(one).__name__ for one in outcomes] == ["Stored"] * len(chosen)

    await asyncio.gather(write(writer, 1), write(other_writer, 2), write(writer, 3))
    for talk in talks:
        newest = await last_number(acme, talk)
        assert [number for number, _ in await log_of(acme, talk)] == list(range(1, newest + 1))


async def test_beside_the_other_entries_of_the_log_there_is_no_gap(writer, acme, talk):
    writing = [asyncio.create_task(writer.write([from_visitor(acme, talk)])) for _ in range(20)]
    await inside(acme, conversations.end, talk)
    outcomes = [outcome for batch in await asyncio.gather(*writing) for outcome in batch]
    entries = await log_of(acme, talk)
    assert [number for number, _ in entries] == list(range(1, len(entries) + 1))
    stored = [one for one in outcomes if not isinstance(one, Exception)]
    refused = [one for one in outcomes if isinstance(one, errors.ConversationEnded)]
    assert len(stored) + len(refused) == 20
    assert len(entries) == 4 + len(stored)


async def test_messages_of_several_companies_go_in_one_batch(writer, committed):
    (acmes,) = await make_talks(committed.acme, 1)
    (globexes,) = await make_talks(committed.globex, 1, agent_id="mallory")
    assert acmes.pk == globexes.pk
    batch = [
        from_visitor(committed.acme, acmes, text="to Acme"),
        from_visitor(committed.globex, globexes, text="to Globex"),
    ]
    assert [one.number for one in await writer.write(batch)] == [4, 4]
    assert (await log_of(committed.acme, acmes))[3:] == [(4, "to Acme")]
    assert (await log_of(committed.globex, globexes))[3:] == [(4, "to Globex")]


async def test_a_row_that_cannot_be_stored_fails_alone(batcher, acme, talk):
    good = [from_visitor(acme, talk, text=text) for text in "abc"]
    poison = from_visitor(acme, talk, text="\x00")
    outcomes = await asyncio.gather(*map(batcher.ask, [good[0], poison, *good[1:]]), return_exceptions=True)
    assert [type(one).__name__ for one in outcomes] == [
        "Stored",
        "CharacterNotInRepertoireError",
        "Stored",
        "Stored",
    ]
    assert (await log_of(acme, talk))[3:] == [(4, "a"), (5, "b"), (6, "c")]


async def test_a_bad_row_of_one_company_makes_no_news_of_another_old(batcher, committed):
    """What counts as a repeat is told to nobody."""
    (acmes,) = await make_talks(committed.acme, 1)
    (globexes,) = await make_talks(committed.globex, 1, agent_id="mallory")
    good = from_visitor(committed.acme, acmes)
    poison = from_visitor(committed.globex, globexes, text="\x00")
    outcomes = await asyncio.gather(*map(batcher.ask, [good, poison]), return_exceptions=True)
    assert isinstance(outcomes[1], asyncpg.PostgresError)
    assert (outcomes[0].number, outcomes[0].repeated) == (4, False)  # type: ignore[union-attr]


async def test_messages_of_several_companies_go_in_one_commit(writer, committed):
    (acmes,) = await make_talks(committed.acme, 1)
    (globexes,) = await make_talks(committed.globex, 1, agent_id="mallory")
    await writer.write([from_visitor(committed.acme, acmes), from_visitor(committed.globex, globexes)])
    schemas = [company.schema_name for company in committed]
    newest = [f'(SELECT xmin::text FROM "{schema}".chat_entry WHERE number = 4)' for schema in schemas]
    ((one, other),) = await writer._store.fetch(f"SELECT {', '.join(newest)}")
    assert one == other


async def test_a_broken_company_fails_alone(writer, committed):
    (acmes,) = await make_talks(committed.acme, 1)
    (globexes,) = await make_talks(committed.globex, 1, agent_id="mallory")
    gone = from_visitor(committed.acme, acmes)._replace(schema="c_1")
    batch = [gone, from_visitor(committed.globex, globexes), gone._replace(schema="c_2")]
    first, stored, last = await writer.write(batch)
    assert isinstance(first, asyncpg.PostgresError)
    assert isinstance(last, asyncpg.PostgresError)
    assert (stored.number, stored.repeated) == (4, False)
    (stored,) = await writer.write([from_visitor(committed.acme, acmes)])
    assert stored.number == 4


async def test_a_repeat_in_one_company_makes_no_news_of_another_old(writer, committed):
    (acmes,) = await make_talks(committed.acme, 1)
    (globexes,) = await make_talks(committed.globex, 1, agent_id="mallory")
    known = from_visitor(committed.acme, acmes)
    await writer.write([known])
    batch = [from_visitor(committed.globex, globexes), known, from_visitor(committed.acme, acmes)]
    outcomes = await writer.write(batch)
    assert [(one.number, one.repeated) for one in outcomes] == [(4, False), (4, True), (5, False)]


async def test_two_processes_on_the_same_companies_never_wait_in_a_circle(writer, other_writer, committed):
    talks = [(committed.acme, talk) for talk in await make_talks(committed.acme, 5)]
    talks += [(committed.globex, talk) for talk in await make_talks(committed.globex, 5, agent_id="mallory")]

    async def write(writer, seed):
        chance = random.Random(seed)
        for _ in range(40):
            chosen = chance.sample(talks, 8)
            outcomes = await writer.write([from_visitor(*one) for one in chosen])
            assert [type(one).__name__ for one in outcomes] == ["Stored"] * 8

    await asyncio.gather(write(writer, 1), write(other_writer, 2))
    for company, talk in talks:
        newest = await last_number(company, talk)
        assert [number for number, _ in await log_of(company, talk)] == list(range(1, newest + 1))


async def test_a_large_batch_keeps_the_order_within_each_conversation(writer, acme):
    talks = await make_talks(acme, 150)
    chance = random.Random(4)
    batch = [from_visitor(acme, chance.choice(talks), text=str(place)) for place in range(400)]
    outcomes = await writer.write(batch)
    assert all(outcome.number >= 4 for outcome in outcomes)
    for talk in talks:
        sent = [message.text for message in batch if message.conversation_id == talk.pk]
        assert [text for _, text in (await log_of(acme, talk))[3:]] == sent


async def test_what_one_sender_says_at_once_is_numbered_in_the_order_it_was_said(writer, acme):
    talks = await make_talks(acme, 3)
    batch = [from_visitor(acme, talk, text=str(place)) for place in range(4) for talk in talks]
    outcomes = await writer.write(batch)
    assert [one.number for one in outcomes] == [4] * 3 + [5] * 3 + [6] * 3 + [7] * 3
    for talk in talks:
        assert (await log_of(acme, talk))[3:] == [(4 + place, str(place)) for place in range(4)]
        assert await last_number(acme, talk) == 7


async def test_a_repeat_in_the_middle_of_what_one_sender_says_leaves_no_gap(writer, acme, talk):
    known = from_visitor(acme, talk, text="known")
    await writer.write([known])
    batch = [from_visitor(acme, talk, text="before"), known, from_visitor(acme, talk, text="after")]
    outcomes = await writer.write(batch)
    assert [(one.number, one.repeated) for one in outcomes] == [(5, False), (4, True), (6, False)]
    assert (await log_of(acme, talk))[3:] == [(4, "known"), (5, "before"), (6, "after")]
    assert await last_number(acme, talk) == 6


async def test_a_bad_row_in_the_middle_of_what_one_sender_says_fails_alone(writer, acme, talk):
    batch = [from_visitor(acme, talk, text=text) for text in ("a", "\x00", "c")]
    outcomes = await writer.write(batch)
    assert [type(one).__name__ for one in outcomes] == ["Stored", "CharacterNotInRepertoireError", "Stored"]
    assert (await log_of(acme, talk))[3:] == [(4, "a"), (5, "c")]


async def test_of_one_who_may_not_write_nothing_is_stored_and_no_number_taken(writer, acme, talk):
    (other,) = await make_talks(acme, 1)
    intruding = [from_visitor(acme, talk)._replace(visitor_id=other.visitor_id) for _ in range(3)]
    allowed = [from_visitor(acme, other, text=text) for text in "ab"]
    outcomes = await writer.write([*intruding, *allowed])
    assert [type(one).__name__ for one in outcomes] == ["NotFound"] * 3 + ["Stored"] * 2
    assert await last_number(acme, talk) == 3
    assert (await log_of(acme, other))[3:] == [(4, "a"), (5, "b")]


async def test_what_two_say_in_turn_keeps_its_order(writer, acme, talk):
    by = {"v": from_visitor, "a": from_agent}
    said = "vvavaav"
    batch = [by[who](acme, talk, text=f"{who}{place}") for place, who in enumerate(said)]
    outcomes = await writer.write(batch)
    assert [one.number for one in outcomes] == list(range(4, 11))
    assert (await log_of(acme, talk))[3:] == [(4 + place, f"{who}{place}") for place, who in enumerate(said)]


async def test_each_message_keeps_the_name_its_agent_had(writer, acme, talk):
    await writer.write([from_agent(acme, talk, author="Bob"), from_agent(acme, talk, author="Robert")])
    authors = Entry.objects.filter(conversation=talk.pk, number__gt=3).order_by("number")
    assert await inside(acme, lambda: list(authors.values_list("author", flat=True))) == ["Bob", "Robert"]


async def test_more_conversations_than_one_call_takes_each_get_all_that_was_said(writer, committed):
    """What was said in each stays together where a statement goes on in another call, company or turn."""
    talks = [(committed.acme, talk) for talk in await make_talks(committed.acme, 70)]
    talks += [(committed.globex, talk) for talk in await make_talks(committed.globex, 3, agent_id="mallory")]
    batch = [
        make(*one, text=f"{place} of {one[1].pk}")
        for place, make in enumerate([from_visitor, from_visitor, from_agent])
        for one in talks
    ]
    outcomes = await writer.write(batch)
    assert [one.number for one in outcomes] == [4] * 73 + [5] * 73 + [6] * 73
    for company, talk in talks:
        expected = [(4 + place, f"{place} of {talk.pk}") for place in range(3)]
        assert (await log_of(company, talk))[3:] == expected


async def test_two_senders_of_one_name_are_two(writer, acme, talk):
    one = from_visitor(acme, talk, text="mine")
    other = from_agent(acme, talk, text="not yours", client_id=one.client_id)
    stored, refused = await writer.write([one, other])
    assert stored.number == 4
    assert isinstance(refused, NotFound)
    assert (await log_of(acme, talk))[3:] == [(4, "mine")]
    (refused,) = await writer.write([other])
    assert isinstance(refused, NotFound)


@pytest.fixture
def losing(monkeypatch):
    """Statements are carried out, and as many answers as `losing.left` lost on the way: one."""

    class Losing:
        left = 1

    def lose(name):
        true = getattr(asyncpg.Connection, name)

        async def losing(self, *args, **kwargs):
            if not Losing.left:
                return await true(self, *args, **kwargs)
            Losing.left -= 1
            with contextlib.suppress(asyncpg.PostgresError):
                await true(self, *args, **kwargs)
            raise asyncpg.ConnectionDoesNotExistError

        monkeypatch.setattr(asyncpg.Connection, name, losing)

    lose("fetch")
    lose("fetchval")
    return Losing


async def test_a_message_whose_answer_was_lost_is_news_once(writer, acme, talk, losing):
    message = from_visitor(acme, talk)
    (outcome,) = await writer.write([message])
    assert (outcome.number, outcome.repeated) == (4, False)
    (again,) = await writer.write([message])
    assert (again.number, again.repeated) == (4, True)


async def test_messages_of_a_batch_whose_answer_was_lost_are_news_once(writer, committed, losing):
    (acmes,) = await make_talks(committed.acme, 1)
    (globexes,) = await make_talks(committed.globex, 1, agent_id="mallory")
    batch = [from_visitor(committed.acme, acmes), from_visitor(committed.globex, globexes)]
    assert [(one.number, one.repeated) for one in await writer.write(batch)] == [(4, False)] * 2
    assert [(one.number, one.repeated) for one in await writer.write(batch)] == [(4, True)] * 2


async def test_a_message_alone_is_answered_as_in_a_batch(writer, acme, talk):
    await inside(acme, Conversation.objects.filter(pk=talk.pk).update, agent=None, state="waiting")
    (alone,) = await writer.write([from_visitor(acme, talk)])
    (_, other) = await writer.write([from_visitor(acme, talk), from_visitor(acme, talk)])
    assert (alone.number, alone.waiting, other.number, other.waiting) == (4, True, 6, True)
    assert alone.at <= other.at
    (refused,) = await writer.write([from_agent(acme, talk)])
    assert isinstance(refused, errors.NotYourConversation)


async def test_what_waits_is_told_of_too_when_the_answer_was_lost(writer, acme, talk, losing):
    await inside(acme, Conversation.objects.filter(pk=talk.pk).update, agent=None, state="waiting")
    (outcome,) = await writer.write([from_visitor(acme, talk)])
    assert (outcome.repeated, outcome.waiting) == (False, True)


async def test_a_message_given_up_on_is_news_when_its_sender_repeats_it(
    writer, acme, talk, losing, monkeypatch
):
    message = from_visitor(acme, talk)
    losing.left = 100
    monkeypatch.setattr(hot_store, "PATIENCE", 0.3)
    (refused,) = await writer.write([message])
    assert isinstance(refused, refusals.Unavailable)
    losing.left = 0
    (outcome,) = await writer.write([message])
    assert (outcome.number, outcome.repeated) == (4, False)
    assert (await writer.write([message]))[0].repeated


async def test_what_is_doubtful_is_not_remembered_for_ever(writer, acme, talk, monkeypatch):
    monkeypatch.setattr(hot_writer, "_DOUBTS", 3)
    writer._doubt(from_visitor(acme, talk) for _ in range(10))
    assert len(writer._doubtful) == 3


async def test_only_visitor_and_agent_of_the_conversation_may_write(writer, acme, talk):
    (stranger,) = await make_talks(acme, 1)
    carol = talk.agent_id + 1
    outcomes = await writer.write(
        [
            from_visitor(acme, talk)._replace(visitor_id=stranger.visitor_id),
            from_agent(acme, talk, agent_id=carol),
            from_visitor(acme, talk, text="mine"),
        ]
    )
    assert [type(one).__name__ for one in outcomes] == ["NotFound", "NotYourConversation", "Stored"]
    assert (await log_of(acme, talk))[3:] == [(4, "mine")]


async def test_others_do_not_learn_of_a_message_by_repeating_its_name(writer, acme, talk):
    message = from_visitor(acme, talk)
    await writer.write([message])
    (stranger,) = await make_talks(acme, 1)
    (outcome,) = await writer.write([message._replace(visitor_id=stranger.visitor_id)])
    assert isinstance(outcome, NotFound)


async def test_what_is_waiting_nobody_writes_in_but_the_visitor(writer, acme, talk):
    waiting = Conversation.objects.filter(pk=talk.pk)
    await inside(acme, waiting.update, agent=None, state="waiting")
    by_bob, by_vera = await writer.write([from_agent(acme, talk), from_visitor(acme, talk)])
    assert isinstance(by_bob, errors.NotYourConversation)
    assert by_vera.number == 4


async def test_a_conversation_that_is_not_there_is_not_found(writer, acme, talk):
    missing = from_visitor(acme, talk)._replace(conversation_id=999)
    outcomes = await writer.write([missing, from_visitor(acme, talk)])
    assert isinstance(outcomes[0], NotFound)
    assert outcomes[1].number == 4


async def test_an_answer_is_given_after_the_commit(writer, acme, talk):
    await writer.write([from_visitor(acme, talk, text="durable")])
    assert (await log_of(acme, talk))[-1] == (4, "durable")


async def test_a_lost_connection_loses_and_doubles_nothing(batcher, acme, talk):
    asked = [
        asyncio.create_task(batcher.ask(from_visitor(acme, talk, text=str(place)))) for place in range(10)
    ]
    await asyncio.gather(*asked)
    for ten in range(10, 60, 10):
        for place in range(ten, ten + 10):
            asked.append(asyncio.create_task(batcher.ask(from_visitor(acme, talk, text=str(place)))))
            await asyncio.sleep(0.001)
        await cut_hot_connections()
    stored = await asyncio.gather(*asked)
    assert [one.number for one in stored] == list(range(4, 64))
    assert (await log_of(acme, talk))[3:] == [(4 + place, str(place)) for place in range(60)]
