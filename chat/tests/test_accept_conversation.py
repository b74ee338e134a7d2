import threading

import msgspec
import pytest
from django.db import connection

from accounts.models import Agent
from chat import errors
from chat.models import Conversation, Entry
from chat.services import conversations
from chat.testing import make_conversation, make_online, make_visitor
from core.errors import NotFound


@pytest.fixture
def waiting(in_acme, bob):
    make_online(bob)
    return make_conversation()


def test_it_is_the_agents_from_then_on(waiting, bob):
    accepted = conversations.accept(waiting.pk, by=bob)
    accepted.refresh_from_db()
    assert (accepted.state, accepted.agent) == ("active", bob)
    assert accepted.accepted_at is not None


def test_the_log_tells_who_accepted(waiting, bob):
    conversations.accept(waiting.pk, by=bob)
    last = Entry.objects.filter(conversation=waiting).latest("number")
    assert (last.number, last.kind, last.side, last.author, last.agent_id) == (
        3,
        "accepted",
        "agent",
        "Bob",
        bob.pk,
    )


def test_accepting_again_changes_nothing(waiting, bob):
    first = conversations.accept(waiting.pk, by=bob)
    again = conversations.accept(waiting.pk, by=bob)
    assert again.accepted_at == first.accepted_at
    assert Entry.objects.filter(conversation=waiting).count() == 3


def test_whoever_is_late_is_told_who_was_faster(waiting, bob, carol):
    conversations.accept(waiting.pk, by=bob)
    with pytest.raises(errors.AcceptedByOther, match=r"Bob was faster and has this conversation now\."):
        conversations.accept(waiting.pk, by=carol)
    waiting.refresh_from_db()
    assert waiting.agent == bob


def test_an_ended_one_cannot_be_accepted(waiting, bob):
    conversations.end(waiting)
    with pytest.raises(errors.ConversationEnded):
        conversations.accept(waiting.pk, by=bob)


def test_one_that_is_not_there_is_not_found(in_acme, bob):
    with pytest.raises(NotFound):
        conversations.accept(999, by=bob)


def test_agents_read_words_only_while_everybody_may_take_it(waiting, bob, published, commit, in_acme):
    with commit():
        conversations.accept(waiting.pk, by=bob)
    schema = in_acme.schema_name
    told = [(channel, msgspec.json.decode(payload)) for channel, payload in published]
    assert [(channel, event["type"]) for channel, event in told] == [
        (f"{schema}:conversation:{waiting.pk}", "entry.created"),
        (f"{schema}:takers", "conversation.changed"),
        (f"{schema}:others", "conversation.changed"),
    ]
    assert all("preview" not in event["conversation"] for _, event in told[1:])


def test_nothing_is_announced_when_it_fails(waiting, bob, carol, published, commit):
    conversations.accept(waiting.pk, by=bob)
    with pytest.raises(errors.AcceptedByOther), commit():
        conversations.accept(waiting.pk, by=carol)
    assert published == []


def test_of_two_at_the_same_time_exactly_one_gets_it(committed):
    """Real connections, many rounds."""
    outcomes = []

    def race(start, pk, agent):
        with committed.acme.entered():
            start.wait()
            try:
                conversations.accept(pk, by=agent)
                outcomes.append(agent.name)
            except errors.AcceptedByOther as late:
                outcomes.append(str(late))
            connection.close()

    with committed.acme.entered():
        agents = list(Agent.objects.filter(agent_id__in=["bob", "carol"]))
        make_online(agents[0])
        for _ in range(12):
            pk, start = make_conversation(visitor=make_visitor()).pk, threading.Barrier(2)
            threads = [threading.Thread(target=race, args=(start, pk, agent)) for agent in agents]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            winner = Conversation.objects.values_list("agent__name", flat=True).get(pk=pk)
            late = f"{winner} was faster and has this conversation now."
            assert sorted(outcomes) == sorted([winner, late])
            outcomes.clear()
    with committed.acme.entered():
        assert Entry.objects.filter(kind="accepted").count() == 12
