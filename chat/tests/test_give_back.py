"""PRE-09, GUA-15: whose connection is gone keeps their conversations for a while; then they go back to the line."""

import itertools
import threading
import uuid

import msgspec
import pytest
from django.db import connection

from accounts.models import Agent
from chat import payloads
from chat.models import Conversation, Entry, Lease, Presence
from chat.services import conversations, presence, returns
from chat.services import settings as chat_settings
from chat.testing import make_conversation, make_online, make_visitor
from chat.tests.hot import inside
from companies.services import alarms
from core.realtime import pool, roster

PAGE = {"url": "https://acme.example/", "title": ""}


@pytest.fixture
def talk(in_acme, bob):
    """Bob's conversation with Vera."""
    make_online(bob)
    return make_conversation(agent=bob)


@pytest.fixture
def lose(bob, clock, settings):
    """`lose(seconds)`: Bob's connection is gone, and so much time has passed since he counts as offline."""

    def lose(seconds):
        for lease in Lease.objects.filter(agent=bob):
            presence.disconnect(bob, lease.pk)
        clock.move(settings.LEASE_GRACE_SECONDS + 1)
        alarms.ring_due()
        clock.move(seconds - 1)
        alarms.ring_due()

    return lose


def facts(talk):
    talk.refresh_from_db()
    return talk.state, talk.agent_id


def kinds(talk):
    return list(talk.entries.order_by("number").values_list("kind", flat=True))


def test_for_a_while_the_agent_keeps_them(talk, bob, lose):
    lose(59)
    assert facts(talk) == ("active", bob.pk)


def test_then_they_wait_again(talk, lose):
    lose(60)
    assert facts(talk) == ("waiting", None)
    assert talk.accepted_at is None


def test_lists_tell_who_had_it_until_somebody_takes_it(talk, carol, lose):
    def told():
        return payloads.of_conversation(Conversation.objects.with_summary().get(pk=talk.pk)).returned_from

    assert told() == ""
    lose(60)
    assert told() == "Bob"
    make_online(carol)
    conversations.accept(talk.pk, by=carol)
    assert told() == ""


def test_the_log_tells_whose_connection_was_lost(talk, bob, lose):
    lose(60)
    last = talk.entries.latest("number")
    assert (last.kind, last.side, last.author, last.agent_id, last.text) == (
        "returned",
        "system",
        "Bob",
        bob.pk,
        "",
    )
    talk.refresh_from_db()
    assert last.number == talk.last_number


def test_each_is_at_its_old_place(talk, carol, lose, clock):
    make_online(carol)
    clock.move(5)
    later = make_conversation(visitor=make_visitor(name="Walter"))
    lose(60)
    in_line = Conversation.objects.waiting().oldest_first().values_list("pk", flat=True)
    assert list(in_line) == [talk.pk, later.pk]


def test_a_colleague_can_take_it_on(talk, carol, lose):
    lose(60)
    conversations.accept(talk.pk, by=carol)
    assert facts(talk) == ("active", carol.pk)
    assert kinds(talk)[-2:] == ["returned", "accepted"]


def test_who_is_back_in_time_keeps_them(talk, bob, lose, clock):
    lose(30)
    make_online(bob)
    clock.move(35)
    alarms.ring_due()
    assert facts(talk) == ("active", bob.pk)


def test_after_another_loss_the_time_begins_anew(talk, bob, lose, clock):
    lose(50)
    make_online(bob)
    lose(50)
    assert facts(talk) == ("active", bob.pk)
    clock.move(11)
    alarms.ring_due()
    assert facts(talk) == ("waiting", None)


def test_while_another_device_is_there_nothing_goes_back(talk, bob, lose, clock, settings):
    lose(0)
    connect_again = make_online(bob)
    clock.move(settings.LEASE_SECONDS - 1)
    presence.renew({connect_again.pk})
    clock.move(35)
    alarms.ring_due()
    assert facts(talk) == ("active", bob.pk)


def test_signing_out_gives_them_back_at_once(talk, bob):
    presence.sign_out(bob, "0" * 32)
    assert facts(talk) == ("waiting", None)


def test_signing_out_on_one_of_two_devices_does_not(talk, bob):
    presence.connect(bob, uuid.uuid4(), "phone")
    presence.sign_out(bob, "0" * 32)
    assert facts(talk) == ("active", bob.pk)


def test_signing_out_after_the_connection_was_lost_gives_them_back_too(talk, bob, lose):
    lose(10)
    presence.sign_out(bob, "0" * 32)
    assert facts(talk) == ("waiting", None)


def test_what_has_ended_meanwhile_stays_ended(talk, lose):
    lose(30)
    conversations.end(talk)
    lose(60)
    assert facts(talk)[0] == "ended"
    assert kinds(talk)[-1] == "ended"


def test_the_company_says_after_how_long(talk, lose, clock, settings):
    chat_settings.change(away_after_minutes=5, return_after_seconds=0, left_shown_minutes=30)
    lose(1)
    assert facts(talk) == ("waiting", None)


def test_a_shorter_time_holds_at_once(talk, lose, clock):
    lose(30)
    chat_settings.change(away_after_minutes=5, return_after_seconds=10, left_shown_minutes=30)
    alarms.ring_due()
    assert facts(talk) == ("waiting", None)


def test_what_is_accepted_with_the_last_breath_goes_back_too(in_acme, bob, carol, clock):
    make_online(carol)
    waiting = make_conversation()
    Presence.objects.create(agent=bob)
    conversations.accept(waiting.pk, by=bob)
    clock.move(61)
    alarms.ring_due()
    assert facts(waiting) == ("waiting", None)


def test_visitor_and_agents_hear_it_at_once(talk, bob, published, commit, in_acme):
    with commit():
        returns.give_back(bob)
    told = [
        (channel.partition(":")[2], msgspec.json.decode(payload)["type"]) for channel, payload in published
    ]
    assert told == [
        (f"conversation:{talk.pk}", "entry.created"),
        (f"waiting:{talk.pk}", "entry.created"),
        ("takers", "conversation.changed"),
        ("others", "conversation.changed"),
    ]
    changed = msgspec.json.decode(published[2][1])["conversation"]
    assert (changed["state"], changed.get("agent_id"), changed["preview"]) == ("waiting", None, "Hello")


def test_nothing_is_told_when_it_fails(talk, bob, published, commit):
    def fail():
        with commit():
            returns.give_back(bob)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert published == []
    assert kinds(talk)[-1] == "accepted"


def test_the_alarm_of_somebody_who_is_no_more_rings_in_vain(in_acme):
    assert returns.look("999999") is None


# Real connections, at the same moment


@pytest.fixture
def rounds(committed):
    """Each time a fresh conversation of Bob's, whose connection is gone for good."""

    def rounds():
        chat_settings.change(away_after_minutes=5, return_after_seconds=0, left_shown_minutes=30)
        bob = Agent.objects.select_related("role").get(agent_id="bob")
        for _ in range(8):
            lease = make_online(bob)
            talk = make_conversation(visitor=make_visitor(), agent=bob)
            Lease.objects.filter(pk=lease.pk).update(expires_at=lease.expires_at.replace(year=2000))
            presence.look_after(str(bob.pk))
            yield bob, talk
            Lease.objects.all().delete()
            presence.look_after(str(bob.pk))
            conversations.end(talk)

    with committed.acme.entered():
        yield rounds


def at_once(company, *deeds):
    start, troubles = threading.Barrier(len(deeds)), []

    def carry_out(deed):
        with company.entered():
            start.wait()
            try:
                deed()
            except Exception as trouble:
                troubles.append(trouble)
            finally:
                connection.close()

    threads = [threading.Thread(target=carry_out, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []


def balanced(talk):
    numbers = list(
        Entry.objects.filter(conversation=talk).order_by("number").values_list("number", flat=True)
    )
    talk.refresh_from_db()
    return numbers == list(itertools.islice(itertools.count(1), talk.last_number))


def test_who_comes_back_at_the_very_moment_keeps_it_or_has_lost_it(committed, rounds):
    for bob, talk in rounds():
        at_once(
            committed.acme,
            lambda bob=bob: returns.look(str(bob.pk)),
            lambda bob=bob: presence.connect(bob, uuid.uuid4(), "s"),
        )
        is_returned = "returned" in kinds(talk)
        assert facts(talk) == (("waiting", None) if is_returned else ("active", bob.pk))
        assert balanced(talk)


def test_who_comes_while_it_is_being_decided_waits_for_the_decision(committed, rounds, monkeypatch):
    def come():
        with committed.acme.entered():
            presence.connect(bob, uuid.uuid4(), "s")
            connection.close()

    def slowly(agent):
        coming.start()
        coming.join(1)
        assert coming.is_alive()
        return give_back(agent)

    give_back, coming = returns.give_back, threading.Thread(target=come)
    monkeypatch.setattr(returns, "give_back", slowly)
    bob, talk = next(rounds())
    returns.look(str(bob.pk))
    coming.join(5)
    assert facts(talk) == ("waiting", None)


def test_two_alarms_give_back_once(committed, rounds):
    for bob, talk in rounds():
        look = lambda bob=bob: returns.look(str(bob.pk))  # noqa: E731
        at_once(committed.acme, look, look, look)
        assert kinds(talk).count("returned") == 1
        assert balanced(talk)


def test_what_ends_at_the_same_moment_is_ended(committed, rounds):
    for bob, talk in rounds():
        at_once(
            committed.acme,
            lambda bob=bob: returns.look(str(bob.pk)),
            lambda talk=talk: conversations.end(talk),
        )
        assert facts(talk)[0] == "ended"
        assert kinds(talk)[-1] == "ended"
        assert balanced(talk)


def test_nobody_becomes_invisible_while_they_are_accepting(committed):
    """Whichever is first, an invisible administrator never holds a conversation."""
    with committed.acme.entered():
        alice = Agent.objects.select_related("role").get(agent_id="alice")
        for _ in range(8):
            make_online(alice)
            presence.set_status(alice, "online")
            make_online(Agent.objects.get(agent_id="bob"))
            talk = make_conversation(visitor=make_visitor())
            outcomes: list[str] = []

            def attempt(deed, outcomes=outcomes):
                try:
                    deed()
                    outcomes.append("done")
                except Exception as refused:
                    outcomes.append(type(refused).__name__)

            at_once(
                committed.acme,
                lambda talk=talk, attempt=attempt: attempt(lambda: conversations.accept(talk.pk, by=alice)),
                lambda attempt=attempt: attempt(lambda: presence.set_status(alice, "invisible")),
            )
            assert sorted(outcomes) in (["Invisible", "done"], ["HoldsConversations", "done"])
            conversations.end(talk)


# On the sockets


async def test_the_visitor_reads_it_and_the_agent_is_told_when_back(
    visit, work, committed, settings, monkeypatch
):
    settings.LEASE_GRACE_SECONDS = 0
    monkeypatch.setattr(presence, "_AFTER", presence._AFTER * 0)
    await inside(
        committed.acme,
        lambda: chat_settings.change(away_after_minutes=5, return_after_seconds=0, left_shown_minutes=30),
    )
    bob, carol, vera = await work("bob"), await work("carol"), await visit()
    asked = await vera.ask("conversation.request", client_id=str(uuid.uuid4()), text="Hello", page=PAGE)
    talk = asked["result"]["conversation"]["id"]
    await bob.ask("conversation.accept", conversation_id=talk)
    await carol.event("conversation.changed")
    await carol.event("conversation.changed")
    await bob.leave()
    await pool.run(alarms.ring_due)
    await pool.run(alarms.ring_due)
    told = await carol.event("conversation.changed")
    assert (told["conversation"]["state"], told["conversation"].get("agent_id")) == ("waiting", None)
    entry = (await vera.event("entry.created"))["entry"]
    while entry["kind"] != "returned":
        entry = (await vera.event("entry.created"))["entry"]
    assert entry["author"] == "Bob"
    again = await work("bob")
    listed = (await again.ask("workspace.open"))["result"]["conversations"]
    assert [(one["state"], one.get("agent_id")) for one in listed] == [("waiting", None)]
    refused = await again.ask(
        "message.send", conversation_id=talk, client_id=str(uuid.uuid4()), text="Still there?"
    )
    assert refused["code"] == "not_your_conversation"


async def test_who_was_stalled_meanwhile_comes_again_and_hears_what_they_may(
    never_renewed, live, visit, work, committed
):
    """Their process stood still for so long that their conversation is a colleague's by now."""
    bob, vera = await work("bob"), await visit()
    asked = await vera.ask("conversation.request", client_id=str(uuid.uuid4()), text="Hello", page=PAGE)
    talk = asked["result"]["conversation"]["id"]
    await bob.ask("conversation.accept", conversation_id=talk)

    def give_back():
        Lease.objects.all().delete()
        returns.give_back(Agent.objects.get(agent_id="bob"))

    await inside(committed.acme, give_back)
    await live.leases.renew()
    assert await bob.closed() == roster.RESTARTING
    carol = await work("carol")
    await carol.ask("conversation.accept", conversation_id=talk)
    bob = await work("bob")
    refused = await bob.ask("conversation.follow", conversation_id=talk)
    assert refused["code"] == "not_found"
