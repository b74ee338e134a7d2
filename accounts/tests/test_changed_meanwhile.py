"""What was looked up a moment ago is something else by the time it is one's turn: what counts is how it is now.

Each of these rows is held as a page holds it that was opened before somebody else changed it.
"""

import pytest

from accounts import errors
from accounts.models import AddressRule, Agent, AuditEntry, Role, Totp
from accounts.services import (
    address_rules,
    agent_pictures,
    agents,
    groups,
    invitations,
    roles,
    second_step_resets,
    sign_in_sessions,
)
from accounts.testing import PASSWORD

OFFICE = "203.0.113.7"


@pytest.fixture
def manager(in_acme, bob):
    """Bob manages agents, and is no administrator."""
    bob.granted = ["manage_agents"]
    bob.save()
    return bob


@pytest.fixture
def promoted(in_acme, carol):
    """Carol as she was before she became administrator."""
    Totp.objects.create(agent=carol, secret=b"")
    Agent.objects.filter(pk=carol.pk).update(role=Role.objects.get(kind="administrator"))
    return carol


@pytest.mark.parametrize(
    "deed",
    [
        lambda acme, agent, by: second_step_resets.reset(acme, agent, by=by),
        lambda acme, agent, by: sign_in_sessions.end_all_for(agent, by=by),
        lambda acme, agent, by: agent_pictures.put_on(agent, b"", by=by),
        lambda acme, agent, by: agent_pictures.take_off(agent, by=by),
    ],
)
def test_who_may_do_more_by_now_is_not_to_be_changed(deed, in_acme, promoted, manager):
    with pytest.raises(errors.MayDoMore):
        deed(in_acme, promoted, manager)
    assert Totp.objects.filter(agent=promoted).exists()


@pytest.fixture
def grown(in_acme, alice):
    """A role as it was before it came to allow more."""
    role = roles.add(name="Sales", capabilities=["take_chats"], by=alice)
    before = Role.objects.get(pk=role.pk)
    roles.edit(role, seen=0, name="Sales", capabilities=["take_chats", "export"], by=alice)
    return before


GIVE = {
    "add": lambda acme, by, role: agents.add_colleague(
        by=by, password=PASSWORD, agent_id="eve", name="Eve", email="", role=role
    ),
    "invite": lambda acme, by, role: invitations.invite(
        acme, by=by, agent_id="eve", email="eve@acme.example", role=role
    ),
    "move": lambda acme, by, role: agents.move(Agent.objects.get(agent_id="carol"), role, by=by),
}


@pytest.mark.parametrize("give", GIVE)
def test_a_role_that_allows_more_by_now_is_not_given(give, in_acme, manager, grown):
    with pytest.raises(errors.GivesMore):
        GIVE[give](in_acme, manager, grown)


@pytest.mark.parametrize("give", GIVE)
def test_a_role_that_is_gone_is_not_given(give, in_acme, alice):
    role = roles.add(name="Sales", capabilities=[], by=alice)
    before = Role.objects.get(pk=role.pk)
    roles.delete(role, by=alice)
    with pytest.raises(errors.RoleGone):
        GIVE[give](in_acme, alice, before)


def test_who_is_administrator_no_more_changes_no_roles(in_acme, alice):
    before = Agent.objects.select_related("role").get(pk=alice.pk)
    Agent.objects.filter(pk=alice.pk).update(role=Role.objects.get(kind="agent"))
    with pytest.raises(errors.OnlyAdministrators):
        roles.add(name="Mine", capabilities=["export"], by=before)


def test_a_role_is_not_moved_to_one_that_is_gone(in_acme, alice, bob):
    sales = roles.add(name="Sales", capabilities=[], by=alice)
    other = roles.add(name="Other", capabilities=[], by=alice)
    Agent.objects.filter(pk=bob.pk).update(role=sales)
    before = Role.objects.get(pk=other.pk)
    roles.delete(other, by=alice)
    with pytest.raises(errors.RoleGone):
        roles.delete(sales, move_to=before, by=alice)


@pytest.fixture
def moved(in_acme):
    """The office's network as it was before a colleague made it the one of home."""
    rule = address_rules.add(network="203.0.113.0/24", remark="", present=OFFICE)
    before = AddressRule.objects.get(pk=rule.pk)
    address_rules.add(network="203.0.112.0/23", remark="", present=OFFICE)
    address_rules.edit(rule, network="198.51.100.0/24", remark="", present=OFFICE)
    return before


def test_the_last_network_is_known_as_the_last(moved):
    address_rules.remove(AddressRule.objects.get(network="203.0.112.0/23"), present="198.51.100.1")
    with pytest.raises(errors.LastNetwork):
        address_rules.remove(moved, present=OFFICE)
    assert address_rules.networks() == ["198.51.100.0/24"]


def test_what_an_edit_would_lock_out_is_known(moved):
    AddressRule.objects.exclude(pk=moved.pk).delete()
    with pytest.raises(errors.WouldLockYouOut):
        address_rules.edit(moved, network="192.0.2.0/24", remark="", present="198.51.100.1")


def test_a_network_that_was_removed_does_not_come_back(in_acme, moved):
    AddressRule.objects.filter(pk=moved.pk).delete()
    for deed in (
        lambda: address_rules.edit(moved, network="192.0.2.0/24", remark="", present=OFFICE),
        lambda: address_rules.remove(moved, present=OFFICE),
    ):
        with pytest.raises(errors.NetworkGone):
            deed()
    assert address_rules.networks() == ["203.0.112.0/23"]
    assert not AuditEntry.objects.filter(action="address_rule.removed").exists()


def test_a_role_that_only_deleted_agents_had_goes_without_a_question(in_acme, alice, bob):
    role = roles.add(name="Sales", capabilities=[], by=alice)
    Agent.objects.filter(pk=bob.pk).update(role=role)
    agents.delete(bob, by=alice)
    roles.delete(role, by=alice)
    assert not Role.objects.filter(pk=role.pk).exists()


def test_a_group_that_is_gone_is_deleted_once(in_acme):
    group = groups.add(name="Sales")
    before = type(group).objects.get(pk=group.pk)
    groups.delete(group)
    groups.delete(before)
    assert AuditEntry.objects.filter(action="group.deleted").count() == 1
