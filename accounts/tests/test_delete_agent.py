import pytest

from accounts import errors
from accounts.models import Agent, AuditEntry, Group, Role, Totp
from accounts.services import agents
from accounts.testing import Browser
from core.errors import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(acme, bob):
    return f"/c/{acme.company_id}/settings/agents/{bob.pk}/delete/"


def test_first_it_is_asked_with_what_goes_and_what_stays(acme, alice, bob, page):
    text = Browser().enter(acme, alice).get(page).text
    assert "Delete Bob?" in text
    assert "The agent ID bob: nobody else ever gets it." in text
    with acme.entered():
        assert Agent.objects.get(pk=bob.pk).is_active


def test_the_name_stays_and_how_to_reach_them_goes(acme, alice, bob, page):
    with acme.entered():
        Group.objects.create(name="Sales").agents.add(bob)
        Totp.objects.create(agent=bob, secret=b"x")
    response = Browser().enter(acme, alice).post(page, follow=True)
    assert "Bob was deleted." in response.text
    with acme.entered():
        bob.refresh_from_db()
        assert (bob.name, bob.agent_id, bob.email) == ("Bob", "bob", "")
        assert bob.deleted_at
        assert not bob.is_active
        assert not bob.has_usable_password()
        assert not bob.groups.exists()
        assert not Totp.objects.filter(agent=bob).exists()


def test_it_stands_in_the_audit_log(in_acme, alice, bob):
    agents.delete(bob, by=alice)
    assert AuditEntry.objects.get(action="agent.deleted").subject_name == "Bob"


def test_who_was_disabled_before_can_be_deleted(in_acme, alice, bob):
    agents.disable(bob, by=alice)
    assert agents.delete(bob, by=alice).deleted_at


def test_nobody_deletes_themselves(in_acme, alice):
    with pytest.raises(errors.NotOneself):
        agents.delete(alice, by=alice)


def test_the_last_administrator_stays(in_acme, alice, bob):
    # Bob may do all of it, but is none.
    administrator = Role.objects.get(kind="administrator")
    Agent.objects.filter(pk=bob.pk).update(role=administrator)
    Agent.objects.filter(pk=alice.pk).update(role=administrator, is_active=False)
    with pytest.raises(errors.NotOneself):
        agents.delete(bob, by=bob)
    assert agents.delete(alice, by=bob).deleted_at
    with pytest.raises(errors.LastAdministrator):
        agents.deactivate(Agent.objects.select_related("role").get(pk=bob.pk))


def test_what_somebody_else_has_deleted_meanwhile_is_not_there(in_acme, alice, bob):
    agents.delete(bob, by=alice)
    for deed in (agents.disable, agents.enable, agents.delete):
        with pytest.raises(NotFound):
            deed(bob, by=alice)
    with pytest.raises(NotFound):
        agents.edit(bob, by=alice, version=bob.version, name="Robert")
