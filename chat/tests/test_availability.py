"""PRE-06: what the website shows, for the whole company."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import Agent, Role
from chat.models import Lease
from chat.services import availability
from chat.testing import make_online

pytestmark = pytest.mark.usefixtures("in_acme")


@pytest.mark.parametrize(
    ("bobs", "carols", "shown"),
    [
        (None, None, "offline"),
        ("online", None, "online"),
        ("busy", None, "busy"),
        ("away", None, "offline"),
        ("online", "online", "online"),
        ("online", "busy", "online"),
        ("online", "away", "online"),
        ("busy", "busy", "busy"),
        ("busy", "away", "busy"),
        ("away", "away", "offline"),
    ],
)
def test_what_agents_are_is_what_the_website_shows(bob, carol, bobs, carols, shown):
    statuses = {bob: bobs, carol: carols}
    for agent in [agent for agent, status in statuses.items() if status]:
        make_online(agent, statuses[agent])
    assert availability.current() == shown


def test_an_administrator_can_take_chats_too(alice):
    make_online(alice)
    assert availability.current() == "online"


def test_who_cannot_take_chats_does_not_count(bob):
    make_online(bob)
    Agent.objects.filter(pk=bob.pk).update(role=Role.objects.create(kind="own", name="Looks on"))
    assert availability.current() == "offline"


def test_who_is_deactivated_does_not_count(bob):
    make_online(bob)
    Agent.objects.filter(pk=bob.pk).update(is_active=False)
    assert availability.current() == "offline"


def test_whose_lease_has_lapsed_does_not_count(bob):
    make_online(bob)
    Lease.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    assert availability.current() == "offline"


def test_several_connections_of_one_agent_count_once(bob):
    make_online(bob)
    make_online(bob, "busy")
    assert availability.current() == "busy"


def test_another_companys_agents_do_not_count(globex, mallory):
    with globex.entered():
        make_online(mallory)
    assert availability.current() == "offline"
