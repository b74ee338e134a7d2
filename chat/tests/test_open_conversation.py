"""What somebody who has everything up to a number is missing."""

import pytest
from django.utils import timezone

from chat import log
from chat.models import Entry
from chat.services import conversations
from chat.testing import make_conversation, make_online


@pytest.fixture
def talk(in_acme, bob):
    make_online(bob)
    return make_conversation(agent=bob)


def fill(talk, count, text="Words"):
    """More entries of the visitor, quickly."""
    first = talk.last_number = Entry.objects.filter(conversation=talk).count()
    Entry.objects.bulk_create(
        Entry(
            conversation=talk,
            number=first + place,
            kind="text",
            side="visitor",
            text=text,
            created_at=timezone.now(),
        )
        for place in range(1, count + 1)
    )
    talk.last_number += count
    talk.save(update_fields=["last_number"])


def numbers(opened):
    return [entry.number for entry in opened.entries]


def test_it_is_the_whole_log_oldest_first(talk):
    opened = conversations.opened(talk)
    assert numbers(opened) == [1, 2, 3]
    assert [entry.kind for entry in opened.entries] == ["requested", "text", "accepted"]
    assert opened.complete


def test_it_is_what_follows_the_number(talk):
    assert numbers(conversations.opened(talk, after=2)) == [3]


@pytest.mark.parametrize("after", [3, 4, 2**31 - 1])
def test_who_has_everything_gets_nothing_more(talk, after):
    opened = conversations.opened(talk, after=after)
    assert (numbers(opened), opened.complete) == ([], True)
    assert opened.conversation.last_number == 3


def test_a_long_log_comes_in_pages(talk):
    fill(talk, log.PAGE + 97)
    first = conversations.opened(talk)
    assert (numbers(first), first.complete) == (list(range(1, log.PAGE + 1)), False)
    second = conversations.opened(talk, after=log.PAGE)
    assert (numbers(second), second.complete) == (list(range(log.PAGE + 1, log.PAGE + 101)), True)


def test_a_page_that_ends_with_the_log_is_complete(talk):
    fill(talk, log.PAGE - 3)
    assert conversations.opened(talk).complete


def test_long_words_make_shorter_pages_and_all_arrives(talk):
    fill(talk, 60, text="字" * 4000)
    got: list[int] = []
    pages = 0
    while len(got) < 63:
        page = conversations.opened(talk, after=len(got))
        assert sum(len(entry.text.encode()) for entry in page.entries) <= log.PAGE_BYTES
        got += numbers(page)
        pages += 1
        assert page.complete == (len(got) == 63)
    assert got == list(range(1, 64))
    assert pages > 1


def test_the_line_in_lists_has_the_newest_words_and_how_many_are_unread(talk):
    fill(talk, 3, text="Still there?")
    talk.agent_delivered = talk.agent_read = 4
    talk.save()
    told = conversations.opened(talk).conversation
    assert (told.preview, told.unread) == ("Still there?", 2)


def test_a_long_line_is_cut(talk):
    fill(talk, 1, text="x" * 4000)
    assert conversations.opened(talk).conversation.preview == "x" * 200
