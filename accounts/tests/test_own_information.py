"""Agents change what is known of them; colleagues learn a new name at once."""

import msgspec
import pytest

from accounts.models import Agent, AuditEntry, Role
from accounts.services import agents, own_information
from accounts.testing import Browser
from companies.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(acme):
    return f"/c/{acme.company_id}/settings/me/"


def typed(**more):
    right = {
        "version": "0",
        "name": "Robert",
        "email": "rob@acme.example",
        "telephone": "+49 30 1",
        "language": "",
    }
    return right | more


def test_what_one_types_is_kept(acme, bob, path):
    response = Browser().enter(acme, bob).post(path, typed(language="zh-hans"))
    assert response.status_code == 302
    with acme.entered():
        now = Agent.objects.get(pk=bob.pk)
        entry = AuditEntry.objects.get(action="agent.edited")
    assert (now.name, now.email, now.telephone, now.language) == (
        "Robert", "rob@acme.example", "+49 30 1", "zh-hans",
    )  # fmt: skip
    assert (entry.by_pk, entry.changes["name"]) == (bob.pk, ["Bob", "Robert"])


def test_colleagues_see_the_new_name_at_once(in_acme, bob, published, commit):
    with commit():
        own_information.edit(bob, seen=0, name="Robert", email="", telephone="", language="")
    told = [msgspec.json.decode(payload) for _, payload in published]
    names = {event["agent"]["name"] for event in told if event["type"] == "agent.changed"}
    assert names == {"Robert"}


def test_what_is_wrong_is_said_beside_the_field(acme, bob, path):
    page = Browser().enter(acme, bob).post(path, typed(name=" ", email="nowhere")).text
    assert "This field is required." in page
    assert "Enter a valid email address." in page


def test_of_two_who_edit_the_second_is_told_and_may_save_then(acme, bob, path):
    browser = Browser().enter(acme, bob)
    browser.post(path, typed(name="First"))
    page = browser.post(path, typed(name="Second")).text
    assert "has changed this meanwhile" in page
    assert 'value="Second"' in page
    assert browser.post(path, typed(name="Second", version="1")).status_code == 302


def test_nothing_else_can_be_set_by_typing_more(acme, bob, path):
    administrator = Role.Kind.ADMINISTRATOR
    Browser().enter(acme, bob).post(path, typed(role="1", agent_id="root", granted="monitor", is_active=""))
    with acme.entered():
        now = Agent.objects.select_related("role").get(pk=bob.pk)
    assert (now.agent_id, now.granted, now.is_active) == ("bob", [], True)
    assert now.role.kind != administrator


def test_without_the_permission_one_sees_it_and_no_more(acme, bob, path):
    with acme.entered():
        bob.role = Role.objects.create(kind=Role.Kind.OWN, name="Trainee", capabilities=["take_chats"])
        bob.save(update_fields=["role"])
    browser = Browser().enter(acme, bob)
    page = browser.get(path).text
    assert "bob@acme.example" in page
    assert 'name="email"' not in page
    assert browser.post(path, typed()).status_code == 403
    assert browser.post(path, {}).status_code == 403


def test_mallory_gets_nowhere(acme, globex, mallory, path):
    assert Browser().enter(globex, mallory).post(path, typed())["Location"].startswith("/sign-in/")


def mails_to(address):
    return [one.content["subject"] for one in Delivery.objects.filter(to=address)]


def test_the_address_before_is_told_of_another(acme, bob, path):
    """Whoever sits down at somebody else's screen could have links for a new password sent to themselves."""
    Browser().enter(acme, bob).post(path, typed())
    assert mails_to("bob@acme.example") == ["Your e-mail address at Acme was changed"]
    assert mails_to("rob@acme.example") == []
    Browser().enter(acme, bob).post(path, typed(version="1", name="Bob"))
    assert len(mails_to("bob@acme.example")) == 1


def test_also_when_somebody_else_changes_it(in_acme, alice, bob, carol):
    agents.edit(bob, by=alice, version=0, email="alice@acme.example")
    assert len(mails_to("bob@acme.example")) == 1
    Agent.objects.filter(pk=carol.pk).update(email="")
    agents.edit(carol, by=alice, version=0, email="carol@acme.example")
    assert Delivery.objects.filter(key__startswith="email_changed").count() == 1
