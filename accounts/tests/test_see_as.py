"""An administrator sees what a role would see, and can change nothing meanwhile."""

import pytest

from accounts.models import Agent, AuditEntry, Role
from accounts.testing import Browser


@pytest.fixture
def pages(acme):
    return f"/c/{acme.company_id}/"


@pytest.fixture
def agent_role(in_acme):
    return Role.objects.get(kind="agent")


@pytest.fixture
def seeing(acme, alice, pages, agent_role):
    """Alice, who sees as an agent would."""
    browser = Browser().enter(acme, alice)
    browser.post(f"{pages}settings/roles/{agent_role.pk}/see/")
    return browser


def test_menus_and_pages_are_the_roles(seeing, pages):
    page = seeing.get(f"{pages}workspace/").text
    assert "You see this as “agent” would, and can change nothing." in page
    assert f"{pages}balance/" not in page
    assert '"is_administrator": false' in page
    refused = seeing.get(f"{pages}settings/roles/")
    assert refused.status_code == 403
    assert f'action="{pages}settings/roles/stop-seeing/"' in refused.text
    assert seeing.get(f"{pages}balance/").status_code == 403
    assert seeing.get(f"{pages}offline-messages/").status_code == 200


def test_what_would_write_is_refused_with_a_sentence(seeing, pages, in_acme):
    before = AuditEntry.objects.count()
    refused = seeing.post(f"{pages}language/", {"language": "zh-hans"})
    assert refused.status_code == 403
    assert "You see this as “agent” would and can change nothing." in refused.text
    assert Agent.objects.get(agent_id="alice").language == ""
    assert AuditEntry.objects.count() == before


def test_stopping_brings_ones_own_eyes_back(seeing, pages):
    assert seeing.post(f"{pages}settings/roles/stop-seeing/").status_code == 302
    assert seeing.get(f"{pages}settings/roles/").status_code == 200
    assert "can change nothing" not in seeing.get(f"{pages}workspace/").text


def test_signing_out_is_possible_meanwhile(seeing, pages):
    assert seeing.post(f"{pages}sign-out/").status_code == 302
    assert seeing.get(f"{pages}workspace/").status_code == 302


def test_nothing_of_it_is_written_to_the_agent(seeing, pages, alice, in_acme):
    before = Agent.objects.filter(pk=alice.pk).values().get()
    seeing.get(f"{pages}workspace/")
    assert Agent.objects.filter(pk=alice.pk).values().get() == before


def test_another_sign_in_of_the_same_agent_sees_as_ever(acme, alice, seeing, pages):
    assert Browser().enter(acme, alice).get(f"{pages}settings/roles/").status_code == 200


def test_a_change_of_the_role_is_seen_at_once(seeing, pages, agent_role):
    Role.objects.filter(pk=agent_role.pk).update(capabilities=["supervise"])
    assert seeing.get(f"{pages}balance/").status_code == 200
    assert seeing.get(f"{pages}offline-messages/").status_code == 403


def test_whoever_is_no_administrator_any_more_has_only_their_own_rights(seeing, pages, alice, in_acme):
    supervisor = Role.objects.get(kind="supervisor")
    Agent.objects.filter(pk=alice.pk).update(role=Role.objects.create(kind="own", name="Nothing"))
    Role.objects.filter(pk=supervisor.pk).update(capabilities=["supervise"])
    assert seeing.get(f"{pages}balance/").status_code == 403
    assert seeing.get(f"{pages}offline-messages/").status_code == 403


def test_only_administrators_see_as_another_role(acme, bob, pages, in_acme):
    Agent.objects.filter(pk=bob.pk).update(granted=["manage_agents"])
    browser = Browser().enter(acme, bob)
    supervisor = Role.objects.get(kind="supervisor")
    assert browser.post(f"{pages}settings/roles/{supervisor.pk}/see/").status_code == 403
    assert browser.get(f"{pages}balance/").status_code == 403


def test_there_is_nothing_to_see_as_an_administrator(acme, alice, pages, in_acme):
    administrator = Role.objects.get(kind="administrator")
    browser = Browser().enter(acme, alice)
    assert browser.post(f"{pages}settings/roles/{administrator.pk}/see/").status_code == 404
