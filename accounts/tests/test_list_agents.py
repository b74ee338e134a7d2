import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import seen
from accounts.models import Agent, Group, Role
from accounts.testing import Browser
from companies import known_plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(acme, alice):
    """Opens the list as Alice and tells who stands in it, in order."""
    browser = Browser().enter(acme, alice)

    def look(query=""):
        response = browser.get(f"/c/{acme.company_id}/settings/agents/{query}")
        assert response.status_code == 200
        return [line.agent.name for line in response.context["lines"]]

    return look


@pytest.fixture
def hire(in_acme):
    def hire(count):
        role = Role.objects.get(kind=Role.Kind.AGENT)
        Agent.objects.bulk_create(
            Agent(agent_id=f"many{number}", name=f"Many {number:05}", role=role) for number in range(count)
        )

    return hire


def test_everybody_stands_in_it_by_name(listed):
    assert listed() == ["Alice", "Bob", "Carol"]


@pytest.mark.parametrize("words", ["bo", "BOB", "bob@acme", "acme bob"])
def test_words_are_looked_for_in_name_id_and_mail(listed, words):
    assert listed(f"?q={words}") == ["Bob"]


def test_who_is_deleted_does_not_stand_in_it(listed, in_acme, bob):
    Agent.objects.filter(pk=bob.pk).update(is_active=False, deleted_at="2026-01-01T00:00Z")
    assert listed() == ["Alice", "Carol"]


def test_by_state(listed, in_acme, bob, carol):
    Agent.objects.filter(pk=bob.pk).update(is_active=False)
    Agent.objects.filter(pk=carol.pk).update(is_active=False, invited_at="2026-01-01T00:00Z")
    assert listed("?state=active") == ["Alice"]
    assert listed("?state=disabled") == ["Bob"]
    assert listed("?state=invited") == ["Carol"]


def test_by_role_and_by_group(listed, in_acme, bob, alice):
    group = Group.objects.create(name="Sales")
    group.agents.add(bob)
    assert listed(f"?group={group.pk}") == ["Bob"]
    assert listed(f"?role={alice.role_id}") == ["Alice"]


@pytest.mark.parametrize("nonsense", ["?role=x", "?group=99999", "?page=x", "?sort=password", "?state=odd"])
def test_nonsense_narrows_nothing(listed, nonsense):
    assert listed(nonsense) == ["Alice", "Bob", "Carol"]


def test_in_another_order(listed, in_acme, carol):
    Agent.objects.filter(pk=carol.pk).update(last_login="2026-01-01T00:00Z")
    assert listed("?sort=-name") == ["Carol", "Bob", "Alice"]
    assert listed("?sort=last_login")[0] == "Carol"
    assert listed("?sort=-last_login")[0] == "Carol"


def test_fifty_on_a_page(listed, hire):
    hire(60)
    assert len(listed()) == 50
    assert len(listed("?page=2")) == 13


def test_many_agents_take_no_more_statements(acme, alice, hire, monkeypatch):
    # What is written or asked for by the clock, whatever the list.
    monkeypatch.setattr(seen, "note", lambda session_keys: None)
    monkeypatch.setattr(known_plans, "FRESH_FOR", float("inf"))
    browser, page = Browser().enter(acme, alice), f"/c/{acme.company_id}/settings/agents/"

    def statements():
        with CaptureQueriesContext(connection) as asked:
            browser.get(page)
        return len(asked)

    statements()
    hire(3)
    few = statements()
    hire_more = Role.objects.get
    with acme.entered():
        role = hire_more(kind=Role.Kind.AGENT)
        Agent.objects.bulk_create(
            Agent(agent_id=f"more{number}", name=f"More {number:05}", role=role) for number in range(10_000)
        )
    assert statements() == few


def test_nobody_fits(acme, alice):
    page = Browser().enter(acme, alice).get(f"/c/{acme.company_id}/settings/agents/?q=zebra").text
    assert "Nobody fits." in page


def test_without_the_permission_there_is_no_list(acme, bob):
    assert Browser().enter(acme, bob).get(f"/c/{acme.company_id}/settings/agents/").status_code == 403


def test_another_company_sees_nothing(acme, globex, mallory):
    response = Browser().enter(globex, mallory).get(f"/c/{acme.company_id}/settings/agents/")
    assert response["Location"].startswith("/sign-in/")
