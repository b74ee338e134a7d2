import pytest

from accounts import errors
from accounts.capabilities import AGENT_CAPABILITIES, Capability
from accounts.models import Agent, AuditEntry, Role
from accounts.services import roles
from accounts.signals import agent_changed

pytestmark = pytest.mark.usefixtures("in_acme")


@pytest.fixture
def changed():
    """Agents of whom it was said that something about them is another now."""
    heard = []

    def hear(*, agent, **kwargs):
        heard.append(agent)

    agent_changed.connect(hear)
    yield heard
    agent_changed.disconnect(hear)


def role_of(kind):
    return Role.objects.get(kind=kind)


def test_an_own_role_is_added_with_its_capabilities_in_order(alice):
    role = roles.add(name="Sales", capabilities=["monitor", "take_chats"], by=alice)
    assert role.kind == Role.Kind.OWN
    assert role.capabilities == ["take_chats", "monitor"]
    assert AuditEntry.objects.filter(action="role.added", subject_name="Sales").exists()


def test_two_roles_do_not_share_a_name(alice):
    roles.add(name="Sales", capabilities=[], by=alice)
    with pytest.raises(errors.RoleNameTaken):
        roles.add(name="Sales", capabilities=[], by=alice)


def test_only_administrators_change_roles(alice, bob):
    own, agent = roles.add(name="Sales", capabilities=[], by=alice), role_of("agent")
    for deed in (
        lambda: roles.add(name="Mine", capabilities=["manage_agents"], by=bob),
        lambda: roles.edit(agent, seen=0, name="", capabilities=["manage_agents"], by=bob),
        lambda: roles.reset(agent, seen=0, by=bob),
        lambda: roles.delete(own, by=bob),
    ):
        with pytest.raises(errors.OnlyAdministrators):
            deed()
    assert not Agent.objects.get(pk=bob.pk).can(Capability.MANAGE_AGENTS)


def test_an_edit_holds_for_everybody_who_has_the_role_and_they_are_told(alice, bob, carol, changed):
    roles.edit(role_of("agent"), seen=0, name="", capabilities=["monitor"], by=alice)
    assert Agent.objects.get(pk=bob.pk).capabilities == {"monitor"}
    assert set(changed) == {bob, carol}
    entry = AuditEntry.objects.get(action="role.edited")
    assert entry.changes["capabilities"][1] == ["monitor"]


def test_an_edit_that_changes_nothing_tells_nobody(alice, changed):
    roles.edit(role_of("agent"), seen=0, name="", capabilities=AGENT_CAPABILITIES, by=alice)
    assert changed == []


def test_the_second_of_two_editors_is_told(alice):
    role = role_of("agent")
    roles.edit(role, seen=0, name="", capabilities=["monitor"], by=alice)
    with pytest.raises(errors.ChangedMeanwhile):
        roles.edit(role, seen=0, name="", capabilities=["export"], by=alice)


def test_administrators_may_always_do_everything(alice):
    with pytest.raises(errors.RoleFixed):
        roles.edit(role_of("administrator"), seen=0, name="", capabilities=[], by=alice)


def test_a_built_in_role_goes_back_to_what_was_delivered(alice):
    role = roles.edit(role_of("agent"), seen=0, name="Other", capabilities=[], by=alice)
    role = roles.reset(role, seen=role.version, by=alice)
    assert set(role.capabilities) == set(AGENT_CAPABILITIES)
    assert role.name == ""


def test_a_built_in_role_cannot_be_deleted(alice):
    with pytest.raises(errors.RoleBuiltIn):
        roles.delete(role_of("supervisor"), by=alice)


def test_a_role_that_nobody_has_is_deleted(alice):
    role = roles.add(name="Sales", capabilities=[], by=alice)
    roles.delete(role, by=alice)
    assert not Role.objects.filter(pk=role.pk).exists()
    assert AuditEntry.objects.filter(action="role.deleted", subject_name="Sales").exists()


def test_who_has_a_deleted_role_gets_the_other(alice, bob, changed):
    role = roles.add(name="Sales", capabilities=[], by=alice)
    Agent.objects.filter(pk=bob.pk).update(role=role)
    with pytest.raises(errors.RoleInUse):
        roles.delete(role, by=alice)
    with pytest.raises(errors.RoleInUse):
        roles.delete(role, move_to=role, by=alice)
    roles.delete(role, move_to=role_of("supervisor"), by=alice)
    assert Agent.objects.get(pk=bob.pk).can(Capability.MONITOR)
    assert changed == [bob]
    moved = AuditEntry.objects.get(action="agent.edited", subject_pk=str(bob.pk))
    assert moved.changes["role"] == ["Sales", "supervisor"]
