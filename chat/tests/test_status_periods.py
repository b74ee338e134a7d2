"""Time in each status: one period after another, without gaps."""

import datetime
import itertools
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from chat.models import Lease, StatusPeriod
from chat.services import presence
from companies.services import alarms

pytestmark = pytest.mark.usefixtures("in_acme")


def connect(agent, session="s"):
    lease_id = uuid.uuid4()
    presence.connect(agent, lease_id, session)
    return lease_id


def told(agent):
    periods = StatusPeriod.objects.filter(agent=agent).order_by("pk")
    return [(one.status, one.reason) for one in periods]


@pytest.fixture
def a_day(bob, clock, settings):
    """Bob is online for 10 s, busy for 20, away for 5, online until he is lost, offline since."""
    connect(bob)
    clock.move(10)
    presence.set_status(bob, "busy")
    clock.move(20)
    presence.set_status(bob, "away")
    clock.move(5)
    presence.set_status(bob, "online")
    presence.renew(set(Lease.objects.values_list("pk", flat=True)))
    clock.move(settings.LEASE_SECONDS + 5)
    alarms.ring_due()


def test_each_change_begins_where_the_one_before_it_ends(a_day, bob):
    assert told(bob) == [
        ("online", "chosen"),
        ("busy", "chosen"),
        ("away", "chosen"),
        ("online", "chosen"),
        ("offline", "lost"),
    ]
    periods = list(StatusPeriod.objects.filter(agent=bob).order_by("pk"))
    lasted = [(after.began_at - one.began_at).total_seconds() for one, after in itertools.pairwise(periods)]
    assert lasted == [10, 20, 5, 40]
    assert [one.ended_at for one in periods] == [*[one.began_at for one in periods[1:]], None]


def test_a_lapse_that_nobody_noted_is_a_time_of_its_own(bob, clock, settings):
    connect(bob)
    clock.move(settings.LEASE_SECONDS + 60)
    connect(bob)
    assert told(bob) == [("online", "chosen"), ("offline", "lost"), ("online", "chosen")]
    gone = StatusPeriod.objects.get(agent=bob, status="offline")
    assert gone.ended_at
    assert gone.ended_at - gone.began_at == datetime.timedelta(seconds=60)


def test_the_time_unseen_is_noted_as_it_is(alice):
    connect(alice)
    presence.set_status(alice, "invisible")
    presence.sign_out(alice, "s")
    assert told(alice) == [("online", "chosen"), ("invisible", "chosen"), ("offline", "signed_out")]


def test_a_clock_that_goes_backwards_loses_no_change(bob, clock):
    connect(bob)
    clock.move(-5)
    presence.set_status(bob, "busy")
    assert told(bob) == [("online", "chosen"), ("busy", "chosen")]


def test_what_changes_nothing_is_not_noted(bob):
    connect(bob)
    connect(bob)
    presence.set_status(bob, "online")
    presence.sign_out(bob, "another")
    assert told(bob) == [("online", "chosen")]


def test_nothing_is_noted_when_it_fails(bob):
    def connect_and_fail():
        with transaction.atomic():
            connect(bob)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        connect_and_fail()
    assert told(bob) == []


def test_the_database_keeps_one_at_a_time(bob):
    connect(bob)
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusPeriod.objects.create(agent=bob, status="busy", reason="chosen", began_at=timezone.now())
