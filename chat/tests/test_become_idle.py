"""PRE-05: who does nothing for a while is away, and back at the first activity. The server decides."""

import datetime
import uuid

import msgspec
import pytest
from django.utils import timezone

from accounts.models import Agent
from chat import alarm_kinds, errors
from chat.models import Lease, Presence, StatusPeriod
from chat.services import availability, presence, statuses
from chat.services import settings as chat_settings
from chat.testing import status_of
from chat.tests.hot import inside
from companies.models import Alarm
from companies.services import alarms
from core.testing import until

MINUTE = 60


def connect(agent, session="s"):
    lease_id = uuid.uuid4()
    presence.connect(agent, lease_id, session)
    return lease_id


@pytest.fixture
def pass_time(clock, settings):
    """`pass_time(seconds)`: the connection lives on, alarms ring, nobody touches anything."""

    def pass_time(seconds):
        until = clock.now + datetime.timedelta(seconds=seconds)
        while clock.now < until:
            clock.move(min(settings.LEASE_SECONDS / 4, (until - clock.now).total_seconds()))
            presence.renew(set(Lease.objects.values_list("pk", flat=True)))
            alarms.ring_due()

    return pass_time


@pytest.fixture
def at_work(in_acme, bob):
    connect(bob)
    return bob


def state(agent):
    found = statuses.of([agent])[agent.pk]
    return found.status, found.reason


def act(agent, seconds_ago=0):
    presence.note_active({agent.pk: timezone.now() - datetime.timedelta(seconds=seconds_ago)})


def test_after_five_minutes_without_activity_one_is_away(at_work, pass_time):
    pass_time(5 * MINUTE)
    assert state(at_work) == ("online", "chosen")
    pass_time(20)
    assert state(at_work) == ("away", "idle")


def test_the_first_activity_brings_the_status_from_before_back(at_work, pass_time):
    presence.set_status(at_work, "busy")
    pass_time(6 * MINUTE)
    assert state(at_work) == ("away", "idle")
    act(at_work)
    assert state(at_work) == ("busy", "chosen")


def test_and_then_one_may_become_idle_again(at_work, pass_time):
    pass_time(6 * MINUTE)
    act(at_work)
    pass_time(6 * MINUTE)
    assert state(at_work) == ("away", "idle")


def test_activity_keeps_one_there_and_moves_no_alarm(at_work, pass_time):
    for _ in range(6):
        pass_time(2 * MINUTE)
        before = Alarm.objects.get(kind=alarm_kinds.IDLE).due_at
        act(at_work)
        assert Alarm.objects.get(kind=alarm_kinds.IDLE).due_at == before
    assert state(at_work) == ("online", "chosen")


def test_colleagues_and_the_website_are_told_both_times(at_work, pass_time, published, commit):
    def told(deed):
        published.clear()
        with commit():
            deed()
        return [
            (event["agent"]["status"], event["agent"].get("reason", "chosen"))
            if "agent" in event
            else event["availability"]
            for event in (msgspec.json.decode(payload) for _, payload in published)
        ]

    assert told(lambda: pass_time(6 * MINUTE)) == [("away", "idle"), ("away", "idle"), "offline"]
    assert told(lambda: act(at_work)) == [("online", "chosen"), ("online", "chosen"), "online"]


def test_the_website_counts_the_idle_as_not_there(at_work, pass_time):
    pass_time(6 * MINUTE)
    assert availability.current() == "offline"


@pytest.mark.parametrize("status", ["away", "invisible"])
def test_who_is_away_or_invisible_already_stays_so(in_acme, alice, pass_time, status):
    connect(alice)
    presence.set_status(alice, status)
    pass_time(10 * MINUTE)
    assert state(alice) == (status, "chosen")


def test_choosing_a_status_is_doing_something(at_work, pass_time):
    pass_time(6 * MINUTE)
    presence.set_status(at_work, "busy")
    assert state(at_work) == ("busy", "chosen")


def test_activity_of_long_ago_wakes_nobody(at_work, pass_time):
    pass_time(6 * MINUTE)
    act(at_work, seconds_ago=5.5 * MINUTE)
    assert state(at_work) == ("away", "idle")


def test_coming_back_by_itself_after_a_sleep_is_no_activity(at_work, clock, settings):
    clock.move(20 * MINUTE)
    alarms.ring_due()
    assert state(at_work) == ("offline", "lost")
    connect(at_work)
    assert state(at_work) == ("away", "idle")


def test_signing_in_is(at_work, clock):
    clock.move(20 * MINUTE)
    at_work.last_login = clock.now
    connect(at_work)
    assert state(at_work) == ("online", "chosen")


def test_the_company_may_turn_it_off(at_work, pass_time):
    chat_settings.change(away_after_minutes=0, return_after_seconds=60, left_shown_minutes=30)
    pass_time(30 * MINUTE)
    assert state(at_work) == ("online", "chosen")


def test_a_shorter_time_of_the_company_holds_at_once(at_work, pass_time):
    pass_time(3 * MINUTE)
    chat_settings.change(away_after_minutes=2, return_after_seconds=60, left_shown_minutes=30)
    pass_time(10)
    assert state(at_work) == ("away", "idle")


def test_turning_it_on_reaches_who_is_there(at_work, pass_time):
    chat_settings.change(away_after_minutes=0, return_after_seconds=60, left_shown_minutes=30)
    pass_time(10 * MINUTE)
    chat_settings.change(away_after_minutes=5, return_after_seconds=60, left_shown_minutes=30)
    pass_time(10)
    assert state(at_work) == ("away", "idle")


def test_each_agent_may_choose_a_shorter_time(at_work, pass_time):
    presence.set_away_after(at_work, 2)
    pass_time(2.5 * MINUTE)
    assert state(at_work) == ("away", "idle")


def test_never_a_longer_one(at_work):
    with pytest.raises(errors.AwayAfterTooLong, match="At most 5 minutes"):
        presence.set_away_after(at_work, 6)
    assert Presence.objects.get(agent=at_work).away_after_minutes is None


def test_nor_when_the_company_shortens_its_own(at_work, pass_time):
    presence.set_away_after(at_work, 5)
    chat_settings.change(away_after_minutes=1, return_after_seconds=60, left_shown_minutes=30)
    pass_time(1.5 * MINUTE)
    assert state(at_work) == ("away", "idle")


def test_one_s_own_time_holds_where_the_company_has_none(at_work, pass_time):
    chat_settings.change(away_after_minutes=0, return_after_seconds=60, left_shown_minutes=30)
    presence.set_away_after(at_work, 200)
    presence.set_away_after(at_work, 1)
    pass_time(1.5 * MINUTE)
    assert state(at_work) == ("away", "idle")


def test_without_a_choice_of_one_s_own_the_company_s_holds_again(at_work, pass_time):
    presence.set_away_after(at_work, 1)
    presence.set_away_after(at_work, None)
    pass_time(2 * MINUTE)
    assert state(at_work) == ("online", "chosen")


def test_what_another_tab_knows_already_is_not_made_older(at_work, clock):
    act(at_work)
    newest = Presence.objects.get(agent=at_work).active_at
    act(at_work, seconds_ago=50)
    assert Presence.objects.get(agent=at_work).active_at == newest


def test_being_idle_is_a_time_of_its_own(at_work, pass_time):
    pass_time(6 * MINUTE)
    act(at_work)
    told = StatusPeriod.objects.order_by("pk").values_list("status", "reason")
    assert list(told) == [("online", "chosen"), ("away", "idle"), ("online", "chosen")]


# On the sockets


async def active_at(company):
    return await inside(company, lambda: Presence.objects.get(agent__agent_id="bob").active_at)


async def make_idle(company):
    def make_idle():
        long_ago = timezone.now() - datetime.timedelta(minutes=10)
        Presence.objects.update(active_at=long_ago)
        agent = Agent.objects.get(agent_id="bob")
        presence.look_whether_idle(str(agent.pk))
        return status_of(agent)

    assert await inside(company, make_idle) == "away"


async def test_the_first_activity_in_any_tab_is_written_at_once(work, committed):
    first, second = await work("bob"), await work("bob")
    await make_idle(committed.acme)
    await first.event("agent.changed")
    assert (await second.ask("activity.note", seconds_ago=1))["type"] == "ack"
    await first.event("agent.changed")
    opened = await first.ask("workspace.open")
    assert opened["result"]["me"]["status"] == "online"


@pytest.fixture
def renewed_each_second(settings):
    settings.LEASE_SECONDS = 4


async def test_what_follows_is_kept_and_written_with_the_renewal(renewed_each_second, work, committed):
    bob = await work("bob")
    await bob.ask("activity.note")
    written = await active_at(committed.acme)
    await bob.ask("activity.note")
    assert await active_at(committed.acme) == written

    async def is_renewed():
        return await active_at(committed.acme) != written

    await until(is_renewed)


async def test_what_is_kept_is_written_when_the_socket_goes(work, committed):
    bob = await work("bob")
    await bob.ask("activity.note")
    written = await active_at(committed.acme)
    await bob.ask("activity.note")
    await bob.leave()
    assert await active_at(committed.acme) > written


async def test_the_workspace_is_told_both_times_and_a_longer_one_is_refused(work, committed):
    bob = await work("bob")
    assert (await bob.ask("away_after.set", minutes=3))["type"] == "ack"
    refused = await bob.ask("away_after.set", minutes=9)
    assert (refused["code"], refused["field"]) == ("away_after_too_long", "minutes")
    result = (await bob.ask("workspace.open"))["result"]
    assert (result["company_away_after"], result["own_away_after"]) == (5, 3)
