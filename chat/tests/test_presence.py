"""Presence is a lease: it lapses by itself, and everybody is told."""

import datetime
import uuid

import msgspec
import pytest

from accounts.models import Agent, Role
from accounts.services import socket_tokens
from accounts.signals import signed_out
from chat import alarm_kinds
from chat.models import Lease, Presence
from chat.services import presence, statuses
from chat.testing import status_of
from companies.models import Alarm
from companies.services import alarms
from core.tenancy import context


@pytest.fixture(autouse=True)
def company(request, in_acme):
    return in_acme


@pytest.fixture
def told(published, commit):
    """`told(deed, …)`: the events that carrying out the deed announces, with the audience."""

    def told(deed, *args, **facts):
        published.clear()
        with commit():
            deed(*args, **facts)
        return [_words(channel, msgspec.json.decode(payload)) for channel, payload in published]

    return told


def _words(channel, event):
    state = event["agent"]["status"] if "agent" in event else event.get("availability") or event["reason"]
    return channel.partition(":")[2], event["type"], state


def everybody_hears(status, availability):
    return [
        ("administrators", "agent.changed", status),
        ("colleagues", "agent.changed", status),
        ("site", "availability.changed", availability),
    ]


def connect(agent, session="s"):
    lease_id = uuid.uuid4()
    presence.connect(agent, lease_id, session)
    return lease_id


def lease_alarms():
    return Alarm.objects.filter(kind=alarm_kinds.LEASE)


def test_who_has_no_connection_is_offline(bob):
    assert status_of(bob) == "offline"


def test_the_first_connection_is_told(bob, told):
    assert told(connect, bob) == everybody_hears("online", "online")
    assert status_of(bob) == "online"


def test_a_second_connection_is_no_news(bob, told):
    connect(bob)
    assert told(connect, bob) == []


def test_a_lease_lapses_by_itself(bob, clock, settings):
    connect(bob)
    clock.move(settings.LEASE_SECONDS - 1)
    assert status_of(bob) == "online"
    clock.move(1)
    assert status_of(bob) == "offline"


def test_renewing_keeps_it(bob, clock, settings):
    lease = connect(bob)
    clock.move(settings.LEASE_SECONDS - 1)
    assert presence.renew({lease}) == set()
    clock.move(settings.LEASE_SECONDS - 1)
    assert status_of(bob) == "online"


def test_renewing_names_the_leases_that_were_given_up(bob):
    kept, lost = connect(bob), uuid.uuid4()
    assert presence.renew({kept, lost}) == {lost}


def test_a_connection_that_is_gone_leaves_a_grace(bob, clock, settings, told):
    lease = connect(bob)
    assert told(presence.disconnect, bob, lease) == []
    clock.move(settings.LEASE_GRACE_SECONDS - 1)
    assert status_of(bob) == "online"
    clock.move(1)
    assert status_of(bob) == "offline"


def test_who_comes_back_within_the_grace_was_never_away(bob, clock, settings, told):
    presence.disconnect(bob, connect(bob))
    clock.move(settings.LEASE_GRACE_SECONDS - 1)
    assert told(connect, bob) == []
    clock.move(5)
    assert told(alarms.ring_due) == []
    assert status_of(bob) == "online"


def test_when_the_last_lease_has_lapsed_the_alarm_tells_everybody(bob, clock, settings, told):
    presence.disconnect(bob, connect(bob))
    clock.move(settings.LEASE_GRACE_SECONDS + 1)
    assert told(alarms.ring_due) == everybody_hears("offline", "offline")
    assert not lease_alarms().exists()
    assert not Lease.objects.exists()


def test_a_dead_processs_agents_are_offline_when_their_leases_end(bob, clock, settings, told):
    connect(bob)
    clock.move(settings.LEASE_SECONDS + 1)
    assert told(alarms.ring_due) == everybody_hears("offline", "offline")


def test_while_another_connection_lives_the_alarm_comes_again(bob, clock, settings, told):
    presence.disconnect(bob, connect(bob))
    connect(bob)
    clock.move(settings.LEASE_GRACE_SECONDS + 1)
    assert told(alarms.ring_due) == []
    alarm, lease = lease_alarms().get(), Lease.objects.get()
    assert alarm.due_at == lease.expires_at + datetime.timedelta(seconds=1)


def test_a_lease_that_is_renewed_for_ever_is_looked_at_now_and_then_and_never_lapses(
    bob, clock, settings, told
):
    lease = connect(bob)
    for _ in range(10):
        clock.move(settings.LEASE_SECONDS / 2)
        presence.renew({lease})
        assert told(alarms.ring_due) == []
    assert status_of(bob) == "online"
    assert lease_alarms().count() == 1


def test_the_alarm_of_somebody_who_is_gone_rings_in_vain(bob):
    assert presence.look_after("999999") is None


def test_signing_out_is_offline_at_once_without_grace(bob, told):
    connect(bob, session="one")
    connect(bob, session="one")
    assert told(presence.sign_out, bob, "one") == everybody_hears("offline", "offline")


def test_signing_out_is_told_though_the_lease_has_lapsed_meanwhile(bob, clock, settings, told):
    connect(bob, session="s")
    clock.move(settings.LEASE_SECONDS + 1)
    assert told(presence.sign_out, bob, "s") == everybody_hears("offline", "offline")


def test_signing_out_of_a_sign_in_without_connections_is_no_news(bob, told):
    assert told(presence.sign_out, bob, "s") == []


def test_signing_out_of_one_of_two_sign_ins_is_no_news(bob, told):
    connect(bob, session="one")
    connect(bob, session="other")
    assert told(presence.sign_out, bob, "one") == []
    assert status_of(bob) == "online"


def test_signing_out_closes_the_sockets_of_that_sign_in(bob, told):
    session = socket_tokens.session_hash("the key")
    connect(bob, session=session)
    heard = told(lambda: signed_out.send(Agent, agent=bob, session_key="the key"))
    assert heard == [
        (f"session:{session}", "session.ended", "signed_out"),
        *everybody_hears("offline", "offline"),
    ]


@pytest.mark.parametrize(("status", "availability"), [("busy", "busy"), ("away", "offline")])
def test_a_chosen_status_is_told(bob, told, status, availability):
    connect(bob)
    assert told(presence.set_status, bob, status) == everybody_hears(status, availability)


def test_the_same_status_again_is_no_news(bob, told):
    connect(bob)
    presence.set_status(bob, "busy")
    assert told(presence.set_status, bob, "busy") == []


def test_a_status_chosen_while_offline_holds_later(bob, told):
    assert told(presence.set_status, bob, "busy") == []
    assert told(connect, bob) == everybody_hears("busy", "busy")


def test_who_cannot_take_chats_is_away_at_first(bob):
    bob.role = Role.objects.create(kind="own", name="Looks on")
    bob.save()
    connect(bob)
    assert status_of(bob) == "away"


def test_all_agents_are_listed_by_name_with_their_status(bob, carol):
    connect(bob)
    presence.set_status(bob, "busy")
    Agent.objects.filter(pk=carol.pk).update(is_active=False)
    listed = statuses.seen_by(bob)
    assert [(one.name, one.status) for one in listed] == [("Alice", "offline"), ("Bob", "busy")]


def test_nothing_is_told_when_the_transaction_fails(bob, published, commit):
    def connect_and_fail():
        with commit():
            connect(bob)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        connect_and_fail()
    assert published == []
    assert not Presence.objects.exists()


def test_presence_is_changed_inside_a_company_only(bob):
    with context.entered(context.schema()), pytest.raises(RuntimeError):
        connect(bob)
