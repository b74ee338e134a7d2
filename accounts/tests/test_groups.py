import pytest

from accounts import errors
from accounts.models import AuditEntry, Group
from accounts.services import groups
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


def names():
    return [group.name for group in Group.objects.in_order()]


def test_a_group_is_added_at_the_end_with_its_members(bob, changed):
    groups.add(name="Sales")
    support = groups.add(name="Support", description="Helps", agents=[bob])
    assert names() == ["Sales", "Support"]
    assert list(support.agents.all()) == [bob]
    assert changed == [bob]
    entry = AuditEntry.objects.get(action="group.added", subject_name="Support")
    assert entry.changes["agents"] == [[], ["Bob"]]


def test_two_groups_do_not_share_a_name():
    groups.add(name="Sales")
    with pytest.raises(errors.GroupNameTaken):
        groups.add(name="Sales")


def test_who_comes_and_who_goes_is_told(bob, carol, changed):
    group = groups.add(name="Sales", agents=[bob])
    changed.clear()
    groups.edit(group, seen=0, name="Sales", description="", agents=[carol])
    assert list(group.agents.all()) == [carol]
    assert set(changed) == {bob, carol}
    assert AuditEntry.objects.get(action="group.edited").changes["agents"] == [["Bob"], ["Carol"]]


def test_an_edit_that_changes_nothing_tells_nobody(bob, changed):
    group = groups.add(name="Sales", agents=[bob])
    changed.clear()
    groups.edit(group, seen=0, name="Sales", description="", agents=[bob])
    assert changed == []
    assert not AuditEntry.objects.filter(action="group.edited").exists()


def test_the_second_of_two_editors_is_told():
    group = groups.add(name="Sales")
    groups.edit(group, seen=0, name="Sales team", description="", agents=[])
    with pytest.raises(errors.ChangedMeanwhile):
        groups.edit(group, seen=0, name="Sellers", description="", agents=[])


def test_groups_change_places():
    first, second, third = (groups.add(name=name) for name in ("A", "B", "C"))
    groups.move(third, up=True)
    assert names() == ["A", "C", "B"]
    groups.move(first, up=False)
    assert names() == ["C", "A", "B"]
    groups.move(second, up=False)
    assert names() == ["C", "A", "B"]


def test_a_deleted_group_is_gone_and_its_members_are_told(bob, changed):
    group = groups.add(name="Sales", agents=[bob])
    changed.clear()
    groups.delete(group)
    assert names() == []
    assert changed == [bob]
    assert AuditEntry.objects.filter(action="group.deleted", subject_name="Sales").exists()
