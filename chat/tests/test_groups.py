"""A conversation begun through a group's icon is for that group's agents alone."""

import uuid

import msgspec
import pytest

from accounts.models import Agent, Group
from accounts.services import agents, groups
from chat import audiences, errors
from chat.models import Conversation
from chat.services import availability, conversations, returns
from chat.testing import PAGE, make_online, make_visitor

pytestmark = pytest.mark.usefixtures("in_acme")


@pytest.fixture
def sales(bob):
    make_online(bob)
    return groups.add(name="Sales", agents=[bob])


def ask(group, visitor=None):
    return conversations.request(
        visitor or make_visitor(), text="How much?", client_id=uuid.uuid4(), page=PAGE, group_id=group.pk
    )


def told(published, channel):
    """Conversations that were told there, as (taken by, words)."""
    events = [msgspec.json.decode(payload) for name, payload in published if name == channel]
    changed = [one["conversation"] for one in events if one["type"] == "conversation.changed"]
    return [(one.get("taken_by"), one.get("preview", "")) for one in changed]


def test_it_keeps_the_group_and_its_name(sales):
    conversation = ask(sales)
    assert (conversation.group, conversation.group_name) == (sales, "Sales")


def test_its_agents_take_it(sales, bob):
    assert conversations.accept(ask(sales).pk, by=bob).agent == bob


def test_others_are_refused_administrators_too(sales, alice, carol):
    conversation = ask(sales)
    for agent in (carol, alice):
        make_online(agent)
        with pytest.raises(errors.OtherGroup) as refused:
            conversations.accept(conversation.pk, by=agent)
        assert refused.value.message == (
            "This conversation is for the group Sales: only its agents can take it."
        )
    assert Conversation.objects.get(pk=conversation.pk).is_waiting


def test_an_administrator_who_is_a_member_takes_it(sales, alice, bob):
    groups.edit(sales, seen=0, name="Sales", description="", agents=[alice, bob])
    assert conversations.accept(ask(sales).pk, by=alice).agent == alice


def test_only_its_agents_may_read_it_while_it_waits(sales, bob, carol, alice):
    conversation = ask(sales)
    assert list(Conversation.objects.visible_to(bob)) == [conversation]
    assert list(Conversation.objects.visible_to(carol)) == []
    assert list(Conversation.objects.visible_to(alice)) == [conversation]


def test_its_words_are_told_to_its_agents_alone(sales, published, commit):
    with commit():
        ask(sales)
    assert told(published, audiences.group(sales.pk)) == [(sales.pk, "How much?")]
    assert told(published, audiences.takers()) == [(sales.pk, "")]
    assert told(published, audiences.others()) == [(sales.pk, "")]


def test_without_a_group_everybody_who_takes_chats_is_told(sales, published, commit):
    with commit():
        conversations.request(make_visitor(), text="Hello", client_id=uuid.uuid4(), page=PAGE)
    assert told(published, audiences.takers()) == [(None, "Hello")]
    assert told(published, audiences.group(sales.pk)) == []


def test_a_second_tab_with_another_group_goes_on_in_the_open_conversation(sales, carol):
    support = groups.add(name="Support", agents=[carol])
    make_online(carol)
    visitor = make_visitor()
    first, second = ask(sales, visitor), ask(support, visitor)
    assert first.pk == second.pk
    assert Conversation.objects.get(pk=first.pk).group == sales


def test_of_a_deleted_group_everybody_takes_it_and_the_name_stays(sales, carol):
    conversation = ask(sales)
    groups.delete(sales)
    conversation = conversations.accept(conversation.pk, by=carol)
    assert (conversation.group, conversation.group_name) == (None, "Sales")


def test_of_an_emptied_group_everybody_takes_it(sales, carol):
    conversation = ask(sales)
    groups.edit(sales, seen=0, name="Sales", description="", agents=[])
    assert list(Conversation.objects.visible_to(carol)) == [conversation]
    assert conversations.accept(conversation.pk, by=carol).agent == carol


def test_a_group_whose_agents_may_not_take_chats_is_empty(sales, bob, carol):
    Agent.objects.filter(pk=bob.pk).update(withheld=["take_chats"])
    make_online(carol)
    assert conversations.accept(ask(sales).pk, by=carol).agent == carol


def test_a_group_that_is_gone_from_the_website_asks_everybody(sales, carol):
    make_online(carol)
    gone = Group(pk=9999)
    assert ask(gone).group is None


def test_back_in_the_line_it_is_for_the_group_again(sales, bob, carol):
    conversation = conversations.accept(ask(sales).pk, by=bob)
    returns.give_back(bob)
    with pytest.raises(errors.OtherGroup):
        conversations.accept(conversation.pk, by=carol)


def test_the_website_shows_each_group(sales, bob, carol):
    support = groups.add(name="Support", agents=[carol])
    empty = groups.add(name="Empty")
    assert availability.shown() == availability.Shown("online", {support.pk: "offline"})
    make_online(carol, "busy")
    shown = availability.shown()
    assert [shown.of(one.pk) for one in (sales, support, empty)] == ["online", "busy", "online"]
    assert shown.of(None) == "online"


def test_a_group_that_is_away_cannot_be_asked(sales, carol):
    support = groups.add(name="Support", agents=[carol])
    with pytest.raises(errors.NobodyOnline):
        ask(support)


def test_websites_learn_of_a_change_at_once(bob, carol, published, commit):
    make_online(bob)
    with commit():
        group = groups.add(name="Support", agents=[carol])
    heard = [msgspec.json.decode(payload) for name, payload in published if name == audiences.site()]
    assert heard[-1] == {
        "type": "availability.changed",
        "availability": "online",
        "groups": {str(group.pk): "offline"},
    }


def test_a_deactivated_agent_leaves_the_group_empty(sales, bob, carol, commit):
    make_online(carol)
    conversation = ask(sales)
    with commit():
        agents.deactivate(bob)
    assert conversations.accept(conversation.pk, by=carol).agent == carol
