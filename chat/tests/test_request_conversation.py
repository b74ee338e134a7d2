import uuid

import pytest

from chat import errors
from chat.models import Conversation, Entry
from chat.services import conversations
from chat.testing import PAGE, make_conversation, make_online, make_visitor

pytestmark = pytest.mark.usefixtures("in_acme")


def numbers(conversation):
    return list(
        Entry.objects.filter(conversation=conversation).order_by("number").values_list("number", "kind")
    )


def test_a_request_waits_with_its_first_words(bob):
    make_online(bob)
    conversation = make_conversation(text="Do you ship to Hangzhou?")
    assert conversation.is_waiting
    assert numbers(conversation) == [(1, "requested"), (2, "text")]


def test_asking_again_goes_on_in_the_open_conversation(bob):
    make_online(bob)
    vera = make_visitor()
    first = make_conversation(visitor=vera)
    second = make_conversation(visitor=vera, text="Still there?")
    assert second == first
    assert [number for number, _ in numbers(first)] == [1, 2, 3]


def test_the_same_words_under_the_same_name_are_kept_once(bob):
    make_online(bob)
    vera, name = make_visitor(), uuid.uuid4()
    for _ in range(2):
        conversations.request(vera, text="Hello", client_id=name, page=PAGE)
    assert Entry.objects.filter(kind="text").count() == 1


def test_with_nobody_online_it_is_refused_and_nothing_is_kept():
    with pytest.raises(errors.NobodyOnline):
        make_conversation()
    assert not Conversation.objects.exists()


def test_busy_agents_can_be_waited_for(bob):
    make_online(bob, "busy")
    assert make_conversation().is_waiting


def test_agents_who_are_away_are_not_there(bob):
    make_online(bob, "away")
    with pytest.raises(errors.NobodyOnline):
        make_conversation()


def test_blank_words_are_refused(bob):
    make_online(bob)
    with pytest.raises(errors.TextEmpty):
        make_conversation(text=" \x00 ")


def test_nothing_is_announced_when_it_fails(published, commit):
    with pytest.raises(errors.NobodyOnline), commit():
        make_conversation()
    assert published == []


def test_agents_and_the_visitor_are_told(bob, published, commit, in_acme):
    with commit():
        make_online(bob)
        conversation = make_conversation()
    channels = [channel for channel, payload in published if b"conversation." in payload]
    schema = in_acme.schema_name
    assert channels == [f"{schema}:takers", f"{schema}:others", f"{schema}:visitor:{conversation.visitor_id}"]
