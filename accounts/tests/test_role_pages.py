import pytest

from accounts.models import Agent, Role
from accounts.services import roles
from accounts.testing import Browser


@pytest.fixture
def pages(acme):
    return f"/c/{acme.company_id}/settings/roles/"


@pytest.fixture
def as_alice(acme, alice):
    return Browser().enter(acme, alice)


@pytest.fixture
def manager(acme, bob):
    """Bob, who manages agents without being an administrator."""
    with acme.entered():
        Agent.objects.filter(pk=bob.pk).update(granted=["manage_agents"])
    return Browser().enter(acme, bob)


@pytest.fixture
def agent_role(in_acme):
    return Role.objects.get(kind="agent")


def test_the_page_says_what_each_role_may_and_may_not_do(as_alice, pages):
    page = as_alice.get(pages).text
    assert "May do everything, what comes later included." in page
    assert "take chats" in page
    assert "What it may not do" in page


def test_a_role_is_added_changed_and_deleted(as_alice, pages, in_acme):
    as_alice.post(f"{pages}new/", {"name": "Sales", "version": 0, "capabilities": ["take_chats"]})
    role = Role.objects.get(name="Sales")
    typed = {"name": "Sellers", "version": role.version, "capabilities": ["monitor"]}
    as_alice.post(f"{pages}{role.pk}/", typed)
    role.refresh_from_db()
    assert (role.name, role.capabilities) == ("Sellers", ["monitor"])
    as_alice.post(f"{pages}{role.pk}/delete/")
    assert not Role.objects.filter(pk=role.pk).exists()


def test_a_copy_begins_with_what_the_other_role_may(as_alice, pages, agent_role):
    page = as_alice.get(f"{pages}new/?copy={agent_role.pk}").text
    assert 'value="agent, copy"' in page
    assert 'value="take_chats" id="may-take_chats" aria-describedby="may-take_chats-words" checked' in page
    assert as_alice.get(f"{pages}new/?copy=999999").status_code == 200


def test_deleting_asks_where_its_agents_go(as_alice, alice, bob, pages, in_acme):
    role = roles.add(name="Sales", capabilities=[], by=alice)
    Agent.objects.filter(pk=bob.pk).update(role=role)
    assert "Bob" in as_alice.get(f"{pages}{role.pk}/delete/").text
    assert "Say which one they get instead." in as_alice.post(f"{pages}{role.pk}/delete/").text
    as_alice.post(f"{pages}{role.pk}/delete/", {"move_to": Role.objects.get(kind="agent").pk})
    assert not Role.objects.filter(pk=role.pk).exists()


def test_what_was_changed_meanwhile_is_said_and_what_was_typed_stays(as_alice, alice, pages, agent_role):
    roles.edit(agent_role, seen=agent_role.version, name="", capabilities=["monitor"], by=alice)
    page = as_alice.post(f"{pages}{agent_role.pk}/", {"version": 0, "capabilities": ["export"]}).text
    assert "has changed this meanwhile" in page
    assert 'id="may-export" aria-describedby="may-export-words" checked' in page


def test_whoever_manages_agents_reads_roles_but_cannot_change_them(manager, pages, agent_role):
    page = manager.get(f"{pages}{agent_role.pk}/").text
    assert "take chats" in page.lower()
    assert "checkbox" not in page
    refused = manager.post(f"{pages}{agent_role.pk}/", {"version": 0, "capabilities": ["export"]})
    assert "Only administrators change roles" in refused.text
    manager.post(f"{pages}new/", {"name": "Mine", "version": 0, "capabilities": ["export"]})
    manager.post(f"{pages}{agent_role.pk}/reset/")
    agent_role.refresh_from_db()
    assert "export" not in agent_role.capabilities
    assert not Role.objects.filter(kind="own").exists()


def test_what_no_role_can_do_is_refused(as_alice, pages, agent_role):
    page = as_alice.post(f"{pages}{agent_role.pk}/", {"version": 0, "capabilities": ["rule_the_world"]}).text
    assert "rule_the_world" in page
    agent_role.refresh_from_db()
    assert "take_chats" in agent_role.capabilities


def test_the_kind_of_a_role_cannot_be_posted(as_alice, pages, in_acme):
    typed = {"name": "Boss", "version": 0, "capabilities": [], "kind": "administrator"}
    as_alice.post(f"{pages}new/", typed)
    assert Role.objects.get(name="Boss").kind == "own"


def test_without_the_permission_there_is_no_page(acme, bob, pages):
    assert Browser().enter(acme, bob).get(pages).status_code == 403
