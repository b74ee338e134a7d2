import pytest

from accounts.models import Group
from accounts.services import groups
from accounts.testing import Browser


@pytest.fixture
def pages(acme):
    return f"/c/{acme.company_id}/settings/groups/"


@pytest.fixture
def as_alice(acme, alice):
    return Browser().enter(acme, alice)


def test_without_groups_the_page_says_what_they_are_for(as_alice, pages):
    assert "No groups yet." in as_alice.get(pages).text


def test_a_group_is_added_changed_moved_and_deleted(as_alice, pages, bob, carol, in_acme):
    typed = {"name": "Sales", "description": "Prices", "version": 0}
    as_alice.post(f"{pages}new/", {**typed, "agents": [bob.pk]})
    as_alice.post(f"{pages}new/", {**typed, "name": "Support"})
    sales = Group.objects.get(name="Sales")
    as_alice.post(f"{pages}{sales.pk}/", {**typed, "name": "Sellers", "agents": [bob.pk, carol.pk]})
    as_alice.post(f"{pages}{sales.pk}/move/", {"to": "down"})
    assert [one.name for one in Group.objects.in_order()] == ["Support", "Sellers"]
    assert set(sales.agents.all()) == {bob, carol}
    assert "Its conversations stay" in as_alice.get(f"{pages}{sales.pk}/delete/").text
    assert Group.objects.filter(pk=sales.pk).exists()
    as_alice.post(f"{pages}{sales.pk}/delete/")
    assert not Group.objects.filter(pk=sales.pk).exists()


def test_looking_for_an_agent_keeps_what_was_typed_and_saves_nothing(as_alice, pages, bob, carol, in_acme):
    group = groups.add(name="Sales", agents=[bob])
    typed = {"name": "Sellers", "version": 0, "agents": [bob.pk, carol.pk], "find": "1", "query": "ali"}
    page = as_alice.post(f"{pages}{group.pk}/", typed).text
    assert 'value="Sellers"' in page
    assert f'id="member-{carol.pk}" checked' in page
    assert "alice" in page
    group.refresh_from_db()
    assert group.name == "Sales"
    assert list(group.agents.all()) == [bob]


def test_a_name_that_is_taken_is_said_beside_the_field(as_alice, pages, in_acme):
    groups.add(name="Sales")
    page = as_alice.post(f"{pages}new/", {"name": "Sales", "version": 0}).text
    assert "There is a group with this name already." in page


def test_what_was_changed_meanwhile_is_said_and_what_was_typed_stays(as_alice, pages, in_acme):
    group = groups.add(name="Sales")
    groups.edit(group, seen=0, name="Sales", description="New", agents=[])
    page = as_alice.post(f"{pages}{group.pk}/", {"name": "Sellers", "version": 0}).text
    assert "has changed this meanwhile" in page
    assert 'value="Sellers"' in page


def test_without_the_permission_there_is_no_page(acme, bob, pages):
    assert Browser().enter(acme, bob).get(pages).status_code == 403
