"""ACC-14: where a limit of the plan is met, one is told so; of two at once one gets the last."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import translation

from accounts.models import Agent
from chat.models import Conversation
from chat.services import conversations
from chat.testing import make_conversation, make_online, make_visitor
from companies import errors, limits
from companies.limits import Figure, Limit
from companies.models import Company, Plan
from companies.testing import put_on

LIMIT = (
    "Your company’s plan “Small” allows 2 conversations at a time, and so many are under way. End one, then "
    "accept the next; the visitor keeps the place in line. Administrators can have the limit raised."
)


@pytest.fixture
def two_allowed(in_acme, bob):
    """Bob holds one conversation, and may have another."""
    make_online(bob)
    put_on(in_acme, conversations=2)
    make_conversation(agent=bob)
    return in_acme


def test_conversations_count_while_an_agent_holds_them(two_allowed, bob):
    make_conversation()
    conversations.end(make_conversation(agent=bob))
    assert limits.figure(two_allowed, Limit.CONVERSATIONS) == Figure(Limit.CONVERSATIONS, 2, 1)


def test_up_to_the_limit_conversations_are_accepted_and_then_refused(two_allowed, bob, carol):
    make_conversation(agent=carol)
    waiting = make_conversation()
    with pytest.raises(errors.NoConversationLeft) as refused:
        conversations.accept(waiting.pk, by=bob)
    assert refused.value.message == LIMIT
    with translation.override("zh-hans"):
        assert "小型版" in refused.value.message
        assert "2" in refused.value.message
    waiting.refresh_from_db()
    assert (waiting.state, waiting.agent) == ("waiting", None)


def test_one_that_ends_makes_room(two_allowed, bob):
    held = make_conversation(agent=bob)
    waiting = make_conversation()
    conversations.end(held)
    assert conversations.accept(waiting.pk, by=bob).agent == bob


def test_accepting_again_what_one_has_needs_no_room(two_allowed, bob):
    held = make_conversation(agent=bob)
    assert conversations.accept(held.pk, by=bob) == held


def test_visitors_may_wait_beyond_the_limit(two_allowed, bob):
    make_conversation(agent=bob)
    assert make_conversation().is_waiting


def test_what_another_company_holds_takes_no_room(two_allowed, globex, mallory):
    with globex.entered():
        make_online(mallory)
        for _ in range(3):
            make_conversation(agent=mallory)
    assert make_conversation(agent=Agent.objects.get(agent_id="bob")).agent is not None


@pytest.fixture
def small(committed):
    """Acme with a plan that a test limits; as before after it."""
    row = Company.objects.filter(pk=committed.acme.pk)
    before, plan = row.get().plan, put_on(committed.acme)
    with committed.acme.entered():
        make_online(Agent.objects.get(agent_id="alice"))
        yield Plan.objects.filter(pk=plan.pk)
    row.update(plan=before)
    plan.delete()


def race(deeds):
    """All at once, each with a connection of its own; what became of each."""
    start, outcomes = threading.Barrier(len(deeds)), []

    def run(company, deed):
        with company.entered():
            start.wait()
            try:
                deed()
                outcomes.append("done")
            except errors.LimitReached as refused:
                outcomes.append(refused.code)
            finally:
                connection.close()

    threads = [threading.Thread(target=run, args=deed) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_two_who_accept_at_once_one_gets_the_last(committed, small):
    bob, carol = Agent.objects.filter(agent_id__in=["bob", "carol"]).order_by("agent_id")
    for held in range(8):
        small.update(conversations=held + 1)
        waiting = [make_conversation(visitor=make_visitor()) for _ in range(2)]
        outcomes = race(
            [
                (committed.acme, lambda pk=one.pk, by=by: conversations.accept(pk, by=by))
                for one, by in zip(waiting, (bob, carol), strict=True)
            ]
        )
        assert outcomes == ["done", "no_conversation_left"]
        assert Conversation.objects.active().count() == held + 1


def test_of_two_who_are_added_at_once_one_gets_the_last_seat(committed, small):
    role = Agent.objects.get(agent_id="bob").role

    def add(name):
        with transaction.atomic():
            limits.take_seat()
            Agent.objects.create(agent_id=name, name=name, role=role)

    try:
        for turn in range(4):
            small.update(seats=Agent.objects.active().count() + 1)
            both = [(committed.acme, lambda name=f"new{turn}{one}": add(name)) for one in "ab"]
            assert race(both) == ["done", "no_seat_left"]
    finally:
        Agent.objects.filter(agent_id__startswith="new").delete()
