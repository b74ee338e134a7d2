import pytest

from accounts import errors
from accounts.capabilities import Capability
from accounts.models import Agent, AuditEntry, Group, Role
from accounts.services import agents, audit
from accounts.signals import agent_changed
from accounts.testing import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(in_acme, bob):
    """Bob, who may manage agents besides what his role says."""
    Agent.objects.filter(pk=bob.pk).update(granted=[Capability.MANAGE_AGENTS])
    return Agent.objects.select_related("role").get(pk=bob.pk)


@pytest.fixture
def told():
    heard = []

    def listen(*, agent, **kwargs):
        heard.append(agent.agent_id)

    agent_changed.connect(listen)
    yield heard
    agent_changed.disconnect(listen)


def page(company, agent):
    return f"/c/{company.company_id}/settings/agents/{agent.pk}/"


def typed(agent, **other):
    return {
        "name": agent.name,
        "email": agent.email,
        "role": agent.role_id,
        "version": agent.version,
        **other,
    }


def kind(name):
    return Role.objects.get(kind=name)


def test_who_they_are(acme, alice, bob):
    browser = Browser().enter(acme, alice)
    browser.post(page(acme, bob), typed(bob, name="Robert", telephone="+86 571 1", language="zh-hans"))
    with acme.entered():
        bob.refresh_from_db()
    assert (bob.name, bob.telephone, bob.language) == ("Robert", "+86 571 1", "zh-hans")


def test_exceptions_hold_at_once(acme, alice, bob):
    browser = Browser().enter(acme, alice)
    browser.post(page(acme, bob), typed(bob, may_monitor="granted", may_take_chats="withheld"))
    with acme.entered():
        bob = Agent.objects.select_related("role").get(pk=bob.pk)
    assert (bob.granted, bob.withheld) == (["monitor"], ["take_chats"])
    assert bob.can(Capability.MONITOR)
    assert not bob.can(Capability.TAKE_CHATS)


def test_groups(in_acme, alice, bob):
    sales, support = (Group.objects.create(name=name) for name in ("Sales", "Support"))
    sales.agents.add(bob)
    agents.edit(bob, by=alice, version=0, groups=[support])
    assert list(bob.groups.all()) == [support]
    assert AuditEntry.objects.get(action="agent.edited").changes == {"groups": [["Sales"], ["Support"]]}


def test_the_audit_log_says_what_is_different(in_acme, alice, bob, told):
    agents.edit(bob, by=alice, version=0, name="Robert", email=bob.email, role=kind("supervisor"))
    changes = AuditEntry.objects.get(action="agent.edited").changes
    assert changes == {"name": ["Bob", "Robert"], "role": ["agent", "supervisor"]}
    assert told == ["bob"]


def test_saving_what_is_already_so_tells_nothing(in_acme, alice, bob, told):
    agents.edit(bob, by=alice, version=0, name=bob.name, role=bob.role, granted=[], groups=[])
    assert not AuditEntry.objects.filter(action="agent.edited").exists()
    assert told == []


def test_of_two_editors_the_second_is_told_and_keeps_what_was_typed(acme, alice, bob):
    browser = Browser().enter(acme, alice)
    browser.post(page(acme, bob), typed(bob, name="Robert"))
    response = browser.post(page(acme, bob), typed(bob, name="Bobby"))
    assert "Alice has changed this meanwhile." in response.text
    assert 'value="Bobby"' in response.text
    with acme.entered():
        assert Agent.objects.get(pk=bob.pk).name == "Robert"
    again = {"name": "Bobby", "role": bob.role_id, "version": response.context["form"]["version"].value()}
    assert browser.post(page(acme, bob), again).status_code == 302


@pytest.mark.parametrize(
    "facts",
    [{"granted": ["export"]}, {"withheld": ["take_chats"]}, {"role": "supervisor"}],
    ids=lambda facts: next(iter(facts)),
)
def test_nobody_changes_their_own_permissions(in_acme, alice, facts):
    facts = {name: kind(value) if name == "role" else value for name, value in facts.items()}
    with pytest.raises(errors.OwnPermissions):
        agents.edit(alice, by=alice, version=0, **facts)


def test_not_even_with_a_form_of_ones_own(acme, manager):
    with acme.entered():
        administrator = kind("administrator")
    browser = Browser().enter(acme, manager)
    browser.post(page(acme, manager), typed(manager, role=administrator.pk, may_export="granted", name="Bo"))
    with acme.entered():
        manager = Agent.objects.select_related("role").get(pk=manager.pk)
    assert (manager.name, manager.role.kind, manager.granted) == ("Bo", "agent", ["manage_agents"])


def test_nobody_gives_what_they_may_not_do(in_acme, manager, carol):
    with pytest.raises(errors.GivesMore, match="export"):
        agents.edit(carol, by=manager, version=0, granted=["export"])
    with pytest.raises(errors.GivesMore):
        agents.edit(carol, by=manager, version=0, role=kind("supervisor"))
    with pytest.raises(errors.GivesMore):
        agents.edit(carol, by=manager, version=0, role=kind("administrator"))


def test_nor_by_taking_back_what_was_withheld(in_acme, manager, carol):
    Role.objects.filter(kind="agent").update(capabilities=["take_chats", "export"])
    Agent.objects.filter(pk=carol.pk).update(withheld=["export"])
    Agent.objects.filter(pk=manager.pk).update(withheld=["export"])
    with pytest.raises(errors.GivesMore, match="export"):
        agents.edit(carol, by=manager, version=0, withheld=[])


def test_what_they_may_do_they_may_give(in_acme, manager, carol):
    agents.edit(carol, by=manager, version=0, granted=["manage_agents"])
    assert "manage_agents" in Agent.objects.get(pk=carol.pk).granted


def test_whoever_may_do_more_is_not_theirs_to_change(in_acme, manager, alice, carol):
    Agent.objects.filter(pk=carol.pk).update(granted=["export"])
    for person in (alice, carol):
        with pytest.raises(errors.MayDoMore):
            agents.edit(person, by=manager, version=0, email="mine@acme.example")


def test_a_capability_that_does_not_exist_is_not_given(acme, alice, bob):
    Browser().enter(acme, alice).post(page(acme, bob), typed(bob, may_fly="granted", may_monitor="always"))
    with acme.entered():
        assert Agent.objects.get(pk=bob.pk).granted == []


def test_fields_that_are_not_in_the_form_are_ignored(acme, alice, bob):
    extra = {"agent_id": "root", "is_active": "", "password": "x", "deleted_at": "2026-01-01"}
    Browser().enter(acme, alice).post(page(acme, bob), typed(bob, **extra))
    with acme.entered():
        now = Agent.objects.get(pk=bob.pk)
    assert (now.agent_id, now.is_active, now.password) == ("bob", True, bob.password)


def test_the_page_of_somebody_who_may_do_more_says_so(acme, manager, alice):
    text = Browser().enter(acme, manager).get(page(acme, alice)).text
    assert "Alice may do more than you." in text
    assert "formaction" not in text


def test_who_is_deleted_has_no_page(acme, alice, bob):
    with acme.entered():
        agents.delete(bob, by=alice)
    assert Browser().enter(acme, alice).get(page(acme, bob)).status_code == 404


def test_nothing_is_told_when_the_transaction_fails(in_acme, alice, bob, monkeypatch):
    monkeypatch.setattr(audit, "record", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        agents.edit(bob, by=alice, version=0, name="Robert")
    assert Agent.objects.get(pk=bob.pk).name == "Bob"


def test_without_the_permission(acme, bob, carol):
    assert Browser().enter(acme, bob).post(page(acme, carol), typed(carol, name="X")).status_code == 403


def test_outsiders(acme, globex, mallory, bob):
    Browser().enter(globex, mallory).post(page(acme, bob), typed(bob, name="X"))
    with acme.entered():
        assert Agent.objects.get(pk=bob.pk).name == "Bob"
