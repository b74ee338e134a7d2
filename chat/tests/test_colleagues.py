import uuid

import pytest

from accounts import at_work
from accounts.models import Agent, Role
from accounts.services import agents
from chat.models import Entry, Presence
from chat.services import conversations, presence, statuses
from chat.testing import make_conversation, make_online

pytestmark = pytest.mark.django_db


def seen(viewer, *shown):
    return {pk: status.name for pk, status in at_work.statuses(viewer, shown).items()}


@pytest.fixture
def second(in_acme, carol):
    """Carol, administrator too, and invisible."""
    Agent.objects.filter(pk=carol.pk).update(role=Role.objects.get(kind="administrator"))
    carol = Agent.objects.select_related("role").get(pk=carol.pk)
    presence.connect(carol, uuid.uuid4(), "carol-session")
    presence.set_status(carol, Presence.Status.INVISIBLE)
    return carol


def test_pages_about_agents_know_their_status(in_acme, alice, bob):
    assert seen(alice, bob) == {bob.pk: "offline"}
    presence.connect(bob, uuid.uuid4(), "bob-session")
    assert seen(alice, bob) == {bob.pk: "online"}
    assert at_work.statuses(alice, [bob])[bob.pk].words == "Online"


def test_only_administrators_see_who_is_invisible(in_acme, alice, bob, second):
    assert seen(alice, second) == {second.pk: "invisible"}
    assert seen(bob, second) == {second.pk: "offline"}


def test_who_is_disabled_or_deleted_has_none_and_is_no_colleague(in_acme, alice, bob, carol):
    agents.disable(bob, by=alice)
    agents.delete(carol, by=alice)
    assert seen(alice, bob, carol) == {}
    assert [one.agent_id for one in statuses.seen_by(alice)] == ["alice"]


def test_what_they_hold_is_counted_and_goes_back_to_the_line(in_acme, alice, bob):
    make_online(bob)
    conversation = make_conversation()
    conversations.accept(conversation.pk, by=bob)
    assert at_work.held(bob) == 1
    agents.delete(bob, by=alice)
    conversation.refresh_from_db()
    assert (conversation.state, conversation.agent) == ("waiting", None)
    assert at_work.held(bob) == 0


def test_what_was_said_keeps_the_name(in_acme, alice, bob):
    make_online(bob)
    conversation = make_conversation()
    conversations.accept(conversation.pk, by=bob)
    agents.delete(bob, by=alice)
    assert Entry.objects.filter(
        conversation=conversation, kind="accepted", author="Bob", agent_id=bob.pk
    ).exists()
