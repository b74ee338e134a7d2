import pytest
from django.contrib.sessions.models import Session

from accounts import errors
from accounts.capabilities import Capability
from accounts.models import Agent, AuditEntry, Role, SignIn
from accounts.services import agents
from accounts.testing import Browser
from companies.errors import NoSeatLeft
from companies.models import Company

pytestmark = pytest.mark.django_db


def deed(company, agent, name):
    return f"/c/{company.company_id}/settings/agents/{agent.pk}/{name}/"


def test_they_are_signed_out_everywhere_and_cannot_come_back(acme, alice, bob, sign_in):
    of_bob = Browser().enter(acme, bob)
    assert of_bob.get(f"/c/{acme.company_id}/workspace/").status_code == 200
    response = Browser().enter(acme, alice).post(deed(acme, bob, "disable"), follow=True)
    assert "Bob cannot sign in any more." in response.text
    assert of_bob.get(f"/c/{acme.company_id}/workspace/")["Location"].startswith("/sign-in/")
    assert "is wrong" in sign_in(agent_id="bob").text


def test_enabled_again_they_sign_in_anew(acme, alice, bob, sign_in):
    of_bob = Browser().enter(acme, bob)
    with acme.entered():
        key = Session.objects.latest("expire_date").session_key
        SignIn.objects.get_or_create(session_key=key, defaults={"agent": bob})
        agents.disable(bob, by=alice)
        agents.enable(bob, by=alice)
    assert of_bob.get(f"/c/{acme.company_id}/workspace/")["Location"].startswith("/sign-in/")
    assert sign_in(agent_id="bob").status_code == 302


def test_both_stand_in_the_audit_log(in_acme, alice, bob):
    agents.disable(bob, by=alice)
    agents.enable(bob, by=alice)
    actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert [action for action in actions if action.startswith("agent.")] == [
        "agent.disabled",
        "agent.enabled",
    ]


def test_a_second_time_changes_nothing(in_acme, alice, bob):
    agents.disable(bob, by=alice)
    agents.disable(bob, by=alice)
    assert AuditEntry.objects.filter(action="agent.disabled").count() == 1


def test_nobody_disables_themselves(in_acme, alice):
    with pytest.raises(errors.NotOneself):
        agents.disable(alice, by=alice)


def test_the_last_administrator_stays(in_acme, alice, bob):
    with pytest.raises(errors.LastAdministrator):
        agents.deactivate(alice)
    Agent.objects.filter(pk=bob.pk).update(role=Role.objects.get(kind="administrator"), is_active=False)
    with pytest.raises(errors.LastAdministrator):
        agents.deactivate(alice)


def test_of_two_administrators_one_may_go(in_acme, alice, bob):
    Agent.objects.filter(pk=bob.pk).update(role=Role.objects.get(kind="administrator"))
    assert not agents.disable(alice, by=bob).is_active


def test_whoever_may_do_more_is_not_theirs_to_disable(in_acme, alice, bob):
    Agent.objects.filter(pk=bob.pk).update(granted=[Capability.MANAGE_AGENTS])
    with pytest.raises(errors.MayDoMore):
        agents.disable(alice, by=bob)


def test_enabling_takes_a_seat(acme, in_acme, alice, bob):
    agents.disable(bob, by=alice)
    Company.objects.filter(pk=acme.pk).update(own_seats=2)
    with pytest.raises(NoSeatLeft):
        agents.enable(bob, by=alice)


def test_afterwards_one_is_where_one_was_and_nowhere_else(acme, alice, bob):
    browser = Browser().enter(acme, alice)
    there = f"/c/{acme.company_id}/settings/agents/?q=bo&page=1"
    assert browser.post(deed(acme, bob, "disable"), {"next": there})["Location"] == there
    for elsewhere in ("https://evil.example/", "//evil.example/", f"/c/{acme.company_id}/sign-out/"):
        answer = browser.post(deed(acme, bob, "enable"), {"next": elsewhere})
        assert answer["Location"] == f"/c/{acme.company_id}/settings/agents/"


@pytest.mark.parametrize("name", ["disable", "enable", "delete", "invitation", "revoke"])
def test_without_the_permission(acme, bob, carol, name):
    assert Browser().enter(acme, bob).post(deed(acme, carol, name)).status_code == 403


@pytest.mark.parametrize("name", ["disable", "enable", "invitation", "revoke"])
def test_looking_does_nothing(acme, alice, bob, name):
    assert Browser().enter(acme, alice).get(deed(acme, bob, name)).status_code == 405


@pytest.mark.parametrize("name", ["disable", "delete"])
def test_outsiders(acme, globex, mallory, bob, name):
    Browser().enter(globex, mallory).post(deed(acme, bob, name))
    with acme.entered():
        assert Agent.objects.get(pk=bob.pk).is_active
