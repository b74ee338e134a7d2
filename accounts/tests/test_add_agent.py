import pytest

from accounts import errors
from accounts.capabilities import Capability
from accounts.models import Agent, AuditEntry, Group, Role
from accounts.services import agents
from accounts.testing import PASSWORD, Browser
from companies.errors import NoSeatLeft
from companies.models import Company
from core.errors import Forbidden

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(in_acme):
    role = Role.objects.get(kind=Role.Kind.AGENT)
    return {"agent_id": "dan", "name": "Dan", "role": role, "password": PASSWORD}


@pytest.fixture
def typed(facts):
    return {**facts, "role": facts["role"].pk, "email": "dan@acme.example", "must_change_password": "on"}


def page(company):
    return f"/c/{company.company_id}/settings/agents/new/"


def test_they_can_sign_in_at_once(acme, alice, typed, sign_in):
    response = Browser().enter(acme, alice).post(page(acme), typed)
    assert response.status_code == 302
    assert sign_in(agent_id="dan").status_code == 302
    with acme.entered():
        dan = Agent.objects.get(agent_id="dan")
    assert (dan.is_active, dan.must_change_password, dan.invited_at) == (True, True, None)


def test_they_get_their_groups(in_acme, alice, facts):
    sales = Group.objects.create(name="Sales")
    dan = agents.add_colleague(by=alice, groups=[sales], **facts)
    assert list(dan.groups.all()) == [sales]


def test_the_audit_log_says_who_was_added_but_no_password(in_acme, alice, facts):
    agents.add_colleague(by=alice, **facts)
    entry = AuditEntry.objects.get(action="agent.added")
    assert entry.subject_name == "Dan"
    assert entry.changes["role"] == ["", "agent"]
    assert PASSWORD not in str(entry.changes)


def test_fields_that_are_not_in_the_form_are_ignored(acme, alice, typed):
    extra = {"is_active": "", "version": 7, "granted": ["monitor"], "deleted_at": "2026-01-01", "pk": 1}
    Browser().enter(acme, alice).post(page(acme), {**typed, **extra})
    with acme.entered():
        dan = Agent.objects.get(agent_id="dan")
    assert (dan.is_active, dan.version, dan.granted, dan.deleted_at) == (True, 0, [], None)


def test_an_agent_id_is_given_once(acme, alice, typed):
    response = Browser().enter(acme, alice).post(page(acme), {**typed, "agent_id": "bob"})
    assert "Somebody in this company has this agent ID already." in response.text


def test_not_even_that_of_somebody_deleted(in_acme, alice, bob, facts):
    agents.delete(bob, by=alice)
    with pytest.raises(errors.AgentIdTaken):
        agents.add_colleague(by=alice, **{**facts, "agent_id": "bob"})


def test_a_weak_password_is_told_beside_the_field(acme, alice, typed):
    response = Browser().enter(acme, alice).post(page(acme), {**typed, "password": "dan"})
    assert response.context["form"].errors["password"]


def test_without_a_seat_nobody_is_added(acme, alice, facts):
    Company.objects.filter(pk=acme.pk).update(own_seats=3)
    with acme.entered(), pytest.raises(NoSeatLeft):
        agents.add_colleague(by=alice, **facts)


def test_who_may_not_manage_agents_adds_none(acme, bob, typed):
    assert Browser().enter(acme, bob).post(page(acme), typed).status_code == 403
    with acme.entered(), pytest.raises(Forbidden):
        agents.add_colleague(by=bob, agent_id="dan", name="Dan", role=bob.role, password=PASSWORD)


def test_who_manages_agents_makes_no_administrators(in_acme, bob, facts):
    Agent.objects.filter(pk=bob.pk).update(granted=[Capability.MANAGE_AGENTS])
    administrator = Role.objects.get(kind=Role.Kind.ADMINISTRATOR)
    with pytest.raises(errors.GivesMore):
        agents.add_colleague(by=bob, **{**facts, "role": administrator})


def test_and_is_not_offered_roles_that_may_more(acme, bob):
    with acme.entered():
        Agent.objects.filter(pk=bob.pk).update(granted=[Capability.MANAGE_AGENTS])
    form = Browser().enter(acme, bob).get(page(acme)).context["form"]
    with acme.entered():
        assert [role.kind for role in form.fields["role"].queryset] == ["agent"]


def test_outsiders_add_nobody(acme, globex, mallory, typed):
    response = Browser().enter(globex, mallory).post(page(acme), typed)
    assert response["Location"].startswith("/sign-in/")
    with acme.entered():
        assert not Agent.objects.filter(agent_id="dan").exists()
