"""PRE-01, PRE-04: what an agent may choose, what holds at the next sign-in, and what is told with it."""

import uuid

import pytest

from accounts.models import Role
from chat.models import Presence
from chat.services import presence, statuses
from chat.testing import status_of
from core.errors import Forbidden

pytestmark = pytest.mark.usefixtures("in_acme")


@pytest.fixture
def looks_on(bob):
    """Bob, without "take chats"."""
    bob.role = Role.objects.create(kind="own", name="Looks on")
    bob.save()
    return bob


def connect(agent, session="s"):
    presence.connect(agent, uuid.uuid4(), session)


def told_of(agent, by):
    return next(one for one in statuses.seen_by(by) if one.id == agent.pk)


@pytest.mark.parametrize("status", ["online", "busy", "away"])
def test_agents_choose_among_three(bob, status):
    connect(bob)
    presence.set_status(bob, status)
    assert status_of(bob) == status


def test_administrators_choose_invisible_too(alice):
    connect(alice)
    presence.set_status(alice, "invisible")
    assert status_of(alice) == "invisible"


def test_nobody_else_becomes_invisible(bob):
    connect(bob)
    with pytest.raises(Forbidden):
        presence.set_status(bob, "invisible")
    assert status_of(bob) == "online"


@pytest.mark.parametrize("status", ["online", "busy", "invisible"])
def test_who_cannot_take_chats_can_only_be_away(looks_on, status):
    connect(looks_on)
    with pytest.raises(Forbidden):
        presence.set_status(looks_on, status)
    presence.set_status(looks_on, "away")
    assert status_of(looks_on) == "away"


def test_the_status_chosen_last_holds_at_the_next_sign_in(bob):
    connect(bob)
    presence.set_status(bob, "busy")
    presence.sign_out(bob, "s")
    assert status_of(bob) == "offline"
    connect(bob)
    assert status_of(bob) == "busy"


def test_who_is_no_administrator_any_more_is_away_instead_of_invisible(alice):
    connect(alice)
    presence.set_status(alice, "invisible")
    alice.role = Role.objects.get(kind="agent")
    alice.save()
    connect(alice)
    assert status_of(alice) == "away"


def test_reason_and_moment_are_told_with_a_status(bob, carol, clock):
    connect(bob)
    clock.move(10)
    presence.set_status(bob, "busy")
    began = int(clock.now.timestamp() * 1000)
    clock.move(10)
    told = told_of(bob, by=carol)
    assert (told.status, told.reason, told.since) == ("busy", "chosen", began)


def test_a_connection_that_lapsed_is_told_as_lost_from_that_moment(bob, carol, clock, settings):
    connect(bob)
    clock.move(settings.LEASE_SECONDS)
    lapsed = int(clock.now.timestamp() * 1000)
    clock.move(10)
    told = told_of(bob, by=carol)
    assert (told.status, told.reason, told.since) == ("offline", "lost", lapsed)
    presence.look_after(str(bob.pk))
    assert told_of(bob, by=carol) == told


def test_saying_good_bye_is_told_as_signed_out(bob, carol):
    connect(bob)
    presence.sign_out(bob, "s")
    told = told_of(bob, by=carol)
    assert (told.status, told.reason) == ("offline", "signed_out")


def test_who_was_never_there_is_offline_without_a_moment(bob, carol):
    told = told_of(bob, by=carol)
    assert (told.status, told.reason, told.since) == ("offline", "signed_out", 0)


def test_while_another_device_is_there_the_agent_is(bob):
    connect(bob, session="desk")
    connect(bob, session="phone")
    presence.sign_out(bob, "desk")
    assert status_of(bob) == "online"


def test_choosing_writes_nothing_when_it_fails(bob):
    connect(bob)
    with pytest.raises(Forbidden):
        presence.set_status(bob, "invisible")
    assert Presence.objects.get(agent=bob).status == "online"
