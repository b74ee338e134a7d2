"""Entries that do not come through the writer: numbered under the lock, told after the commit."""

import threading
import uuid

import msgspec
import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Agent
from chat import log
from chat.models import Conversation, Entry
from chat.services import conversations
from chat.testing import PAGE, make_conversation, make_online, make_visitor


@pytest.fixture
def talk(in_acme, bob):
    make_online(bob)
    return make_conversation(agent=bob)


def say(talk, text="Hi"):
    return log.append(talk, Entry.Kind.TEXT, Entry.Side.VISITOR, text=text, client_id=uuid.uuid4())


def test_each_entry_has_the_next_number(talk):
    assert [say(talk).number for _ in range(3)] == [4, 5, 6]
    talk.refresh_from_db()
    assert talk.last_number == 6


def test_what_was_rolled_back_leaves_no_gap(talk):
    with transaction.atomic():
        say(talk, "never")
        transaction.set_rollback(True)
    assert say(talk, "kept").number == 4


def test_it_is_written_in_a_transaction_or_not_at_all(committed, monkeypatch):
    with committed.acme.entered(), pytest.raises(RuntimeError):
        say(Conversation())


def test_both_sides_hear_it_after_the_commit(talk, published, commit, in_acme):
    with commit():
        say(talk, "Hello")
        assert published == []
    ((channel, payload),) = published
    event = msgspec.json.decode(payload)
    assert channel == f"{in_acme.schema_name}:conversation:{talk.pk}"
    assert (event["entry"]["number"], event["entry"]["text"]) == (4, "Hello")


def test_the_database_itself_keeps_numbers_apart(talk):
    entry = say(talk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry(
            conversation=talk, number=entry.number, kind="text", side="visitor", created_at=entry.created_at
        ).save(force_insert=True)


def race(count, company, work):
    """So many threads at once, each inside the company with a connection of its own."""
    start, failed = threading.Barrier(count), []

    def run(number):
        with company.entered():
            start.wait()
            try:
                work(number)
            except Exception as error:
                failed.append(error)
            finally:
                connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_many_at_once_leave_no_gap(committed):
    with committed.acme.entered():
        talk = Conversation.objects.create(visitor=make_visitor())

        def work(number):
            for _ in range(10):
                with transaction.atomic():
                    say(Conversation.objects.get(pk=talk.pk))

        race(5, committed.acme, work)
        numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 51))


@pytest.fixture
def online(committed):
    with committed.acme.entered():
        make_online(Agent.objects.get(agent_id="bob"))
        yield committed.acme


def test_two_tabs_that_ask_at_the_same_time_begin_one_conversation(online):
    for _ in range(6):
        vera = make_visitor()
        race(
            3,
            online,
            lambda number, vera=vera: conversations.request(
                vera, text=f"tab {number}", client_id=uuid.uuid4(), page=PAGE
            ),
        )
        (talk,) = Conversation.objects.filter(visitor=vera)
        entries = Entry.objects.filter(conversation=talk).order_by("number")
        assert [entry.number for entry in entries] == [1, 2, 3, 4]
        assert {entry.text for entry in entries} == {"", "tab 0", "tab 1", "tab 2"}


def test_the_same_request_sent_twice_at_the_same_time_is_kept_once(online):
    for _ in range(6):
        vera, name = make_visitor(), uuid.uuid4()
        race(
            2,
            online,
            lambda number, vera=vera, name=name: conversations.request(
                vera, text="once", client_id=name, page=PAGE
            ),
        )
        assert Entry.objects.filter(conversation__visitor=vera, kind="text").count() == 1
