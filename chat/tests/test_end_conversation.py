import pytest

from chat.models import Conversation, Entry
from chat.services import conversations
from chat.testing import make_conversation, make_online, make_visitor


@pytest.fixture
def talk(in_acme, bob):
    make_online(bob)
    return make_conversation(agent=bob)


def last_entry(conversation):
    return Entry.objects.filter(conversation=conversation).latest("number")


def test_the_agent_may_end_it(talk, bob):
    ended = conversations.end(talk, by=bob)
    ended.refresh_from_db()
    assert (ended.state, ended.ended_by, ended.agent) == ("ended", "agent", bob)
    assert (last_entry(talk).kind, last_entry(talk).side, last_entry(talk).author) == (
        "ended",
        "agent",
        "Bob",
    )


def test_the_visitor_may_end_it(talk):
    conversations.end(talk)
    talk.refresh_from_db()
    assert (talk.state, talk.ended_by) == ("ended", "visitor")
    assert (last_entry(talk).kind, last_entry(talk).side, last_entry(talk).author) == ("ended", "visitor", "")


def test_one_that_waits_may_be_ended(in_acme, bob):
    make_online(bob)
    waiting = make_conversation()
    conversations.end(waiting)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.agent) == ("ended", None)


def test_ending_an_ended_one_changes_nothing(talk, bob, published, commit):
    first = conversations.end(talk, by=bob)
    with commit():
        again = conversations.end(talk)
    assert (again.ended_by, again.ended_at) == ("agent", first.ended_at)
    assert published == []
    assert Entry.objects.filter(conversation=talk, kind="ended").count() == 1


def test_both_sides_and_the_lists_are_told(talk, bob, published, commit, in_acme):
    with commit():
        conversations.end(talk, by=bob)
    schema = in_acme.schema_name
    assert [channel for channel, _ in published] == [
        f"{schema}:conversation:{talk.pk}",
        f"{schema}:takers",
        f"{schema}:others",
    ]


def test_afterwards_the_visitor_may_begin_anew(in_acme, bob):
    make_online(bob)
    vera = make_visitor()
    conversations.end(make_conversation(visitor=vera))
    second = make_conversation(visitor=vera)
    assert second.is_waiting
    assert Conversation.objects.filter(visitor=vera).count() == 2
