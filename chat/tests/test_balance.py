"""The books: what is compared, and that whatever is wrong is seen."""

import datetime
import logging
import uuid

import pytest
from django.utils import timezone

from chat.models import BalanceCheck, Conversation, Entry, Tally
from chat.services import balance, conversations
from chat.testing import make_conversation, make_online

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(in_acme, bob, commit) -> Conversation:
    """Requested, "Hello", accepted: one message, and counted."""
    make_online(bob)
    with commit():
        return make_conversation(agent=bob)


def add(talk, count=1, side="visitor", counted=True):
    """Messages as the writer stores them, and as a process counts them."""
    talk.refresh_from_db()
    numbers = range(talk.last_number + 1, talk.last_number + 1 + count)
    Entry.objects.bulk_create(
        Entry(
            conversation=talk,
            number=number,
            kind="text",
            side=side,
            client_id=uuid.uuid4(),
            text=str(number),
            created_at=timezone.now(),
        )
        for number in numbers
    )
    Conversation.objects.filter(pk=talk.pk).update(last_number=numbers[-1])
    if counted:
        tally(talk, acknowledged=count, highest=numbers[-1])


def tally(talk, *, acknowledged=0, **counts):
    sent = counts.pop("sent", acknowledged)
    Tally.objects.create(
        conversation=talk, process=uuid.uuid4(), batch=1, sent=sent, acknowledged=acknowledged, **counts
    )


def total(company):
    return balance.current(company).total.figures


def test_nothing_yet(in_acme):
    found = balance.current(in_acme)
    assert (found.days, found.checked_at, found.troubled) == ([], None, [])


def test_everything_agrees(in_acme, talk):
    add(talk, 3)
    add(talk, 2, side="agent")
    figures = total(in_acme)
    assert figures["sent"] == figures["acknowledged"] == figures["stored"] == 6
    assert [figures[name] for name in ("lost", "doubled", "out_of_order", "ahead", "uncounted")] == [0] * 5


def test_each_side_s_marks_say_what_it_has(in_acme, talk):
    add(talk, 3)
    add(talk, 2, side="agent")
    # The visitor's at 2, 4, 5 and 6; the agent's at 7 and 8.
    marks = {"agent_delivered": 5, "agent_read": 4, "visitor_delivered": 8, "visitor_read": 7}
    Conversation.objects.filter(pk=talk.pk).update(**marks)
    figures = total(in_acme)
    assert (figures["delivered"], figures["seen"]) == (3 + 2, 2 + 1)


def test_what_has_changed_is_compared_again(in_acme, talk):
    assert total(in_acme)["stored"] == 1
    add(talk)
    assert total(in_acme)["stored"] == 2
    Conversation.objects.filter(pk=talk.pk).update(agent_delivered=4)
    assert total(in_acme)["delivered"] == 2


def test_what_has_not_changed_is_not_read_again(in_acme, talk):
    balance.current(in_acme)
    before = BalanceCheck.objects.get(pk=talk.pk).checked_at
    balance.current(in_acme)
    assert BalanceCheck.objects.get(pk=talk.pk).checked_at == before


def test_a_lost_row_is_lost(in_acme, talk):
    add(talk, 3)
    Entry.objects.filter(conversation=talk, number=5).delete()
    found = balance.current(in_acme)
    assert found.total.figures["lost"] == 1
    assert [check.conversation_id for check in found.troubled] == [talk.pk]


def test_rows_lost_at_the_end_with_their_numbers_are_lost(in_acme, talk):
    """As after a database that was set back: the log looks whole, the tallies remember."""
    add(talk, 3)
    Entry.objects.filter(conversation=talk, number__gt=4).delete()
    Conversation.objects.filter(pk=talk.pk).update(last_number=4)
    assert total(in_acme)["lost"] == 2


def test_a_message_acknowledged_and_replaced_is_lost(in_acme, talk):
    add(talk)
    tally(talk, acknowledged=1, highest=4)
    assert total(in_acme)["lost"] == 1


def test_a_killed_process_counts_too_little_and_nothing_is_lost(in_acme, talk):
    add(talk, 2, counted=False)
    figures = total(in_acme)
    assert (figures["acknowledged"], figures["stored"]) == (1, 3)
    assert (figures["uncounted"], figures["lost"]) == (2, 0)


def test_out_of_order_and_what_only_a_browser_has(in_acme, talk):
    tally(talk, out_of_order=1, held=9)
    found = balance.current(in_acme)
    assert found.total.figures["out_of_order"] == 1
    assert found.total.figures["ahead"] == 9 - 3
    assert found.days[0].has_trouble


def test_days_are_the_company_s(in_acme, talk):
    in_acme.time_zone = "Asia/Shanghai"
    late = timezone.now().replace(hour=20, minute=0) - datetime.timedelta(days=3)
    Conversation.objects.filter(pk=talk.pk).update(requested_at=late)
    (day,) = balance.current(in_acme).days
    assert day.date == late.date() + datetime.timedelta(days=1)


def test_older_conversations_are_left_alone(in_acme, talk):
    old = timezone.now() - datetime.timedelta(days=balance.DAYS + 2)
    Conversation.objects.filter(pk=talk.pk).update(requested_at=old)
    assert balance.current(in_acme).days == []


def test_too_many_at_once_are_said_to_be_too_many(in_acme, talk, bob, monkeypatch):
    make_conversation(agent=bob)
    monkeypatch.setattr(balance, "AT_ONCE", 1)
    monkeypatch.setattr(balance, "MOST", 1)
    assert not balance.current(in_acme).is_complete


def test_the_end_compares_and_tells_the_operator(in_acme, talk, bob, commit, caplog):
    add(talk, 2)
    Entry.objects.filter(conversation=talk, number=4).delete()
    with commit(), caplog.at_level(logging.ERROR):
        conversations.end(talk, by=bob)
    assert BalanceCheck.objects.get(pk=talk.pk).lost == 1
    assert f"{in_acme.schema_name}, conversation {talk.pk}: 1 lost" in caplog.text


def test_nothing_is_counted_of_what_failed(in_acme, bob, published):
    make_online(bob)
    make_conversation(agent=bob)
    assert Tally.objects.count() == 0
