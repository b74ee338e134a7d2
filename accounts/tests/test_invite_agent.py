import re

import pytest
from django.core import mail

from accounts import errors
from accounts.capabilities import Capability
from accounts.models import Agent, AuditEntry, Group, Role
from accounts.services import agents, invitation_limit, invitations
from accounts.testing import Browser
from core.errors import Forbidden
from core.models import Tally

pytestmark = pytest.mark.django_db


@pytest.fixture
def invite(acme, in_acme, alice):
    """Invites Dan as Alice; what is not said is right."""
    role = Role.objects.get(kind=Role.Kind.AGENT)

    def invite(**facts):
        right = {"by": alice, "agent_id": "dan", "email": "dan@acme.example", "name": "", "role": role}
        return invitations.invite(acme, **{**right, **facts})

    return invite


def typed(**other):
    with_role = {"email": "dan@acme.example", "agent_id": "dan", "name": "", "language": ""}
    return {**with_role, **other}


def page(company):
    return f"/c/{company.company_id}/settings/agents/invite/"


def test_a_mail_with_a_link_is_on_its_way(acme, alice, bob, commit):
    with commit():
        response = Browser().enter(acme, alice).post(page(acme), typed(role=bob.role_id), follow=True)
    assert "The invitation is on its way to dan@acme.example." in response.text
    (letter,) = mail.outbox
    assert letter.to == ["dan@acme.example"]
    assert letter.subject == "Invitation to Acme"
    assert "Alice invites you" in letter.body
    assert re.search(r"http://testserver/invitation/\S+/", str(letter.body))


def test_in_the_language_of_whoever_is_invited(invite, commit):
    with commit():
        invite(language="zh-hans")
    assert "邀请您" in mail.outbox[0].body


def test_until_they_accept_they_cannot_sign_in(invite, sign_in):
    dan = invite()
    assert (dan.is_active, dan.is_invited, dan.has_usable_password()) == (False, True, False)
    assert sign_in(agent_id="dan", password="!").status_code == 200


def test_groups_and_role_wait_for_them(in_acme, invite):
    sales = Group.objects.create(name="Sales")
    assert list(invite(groups=[sales]).groups.all()) == [sales]


def test_it_stands_in_the_audit_log(invite):
    invite()
    assert AuditEntry.objects.get(action="agent.invited").changes["email"] == ["", "dan@acme.example"]


def test_an_agent_id_is_given_once(invite):
    with pytest.raises(errors.AgentIdTaken):
        invite(agent_id="bob")


def test_without_an_address_nobody_is_invited(acme, alice, bob):
    response = Browser().enter(acme, alice).post(page(acme), typed(role=bob.role_id, email=""))
    assert response.context["form"].errors["email"]


def test_nobody_invites_whoever_may_do_more(in_acme, invite, bob):
    Agent.objects.filter(pk=bob.pk).update(granted=[Capability.MANAGE_AGENTS])
    with pytest.raises(errors.GivesMore):
        invite(by=bob, role=Role.objects.get(kind=Role.Kind.SUPERVISOR))


def test_who_may_not_manage_agents_invites_nobody(acme, invite, bob):
    assert Browser().enter(acme, bob).post(page(acme), typed(role=bob.role_id)).status_code == 403
    with pytest.raises(Forbidden):
        invite(by=bob)


def test_a_company_that_has_not_confirmed_its_address_sends_few(invite):
    for number in range(invitation_limit.MOST_UNCONFIRMED):
        invite(agent_id=f"dan{number}", email=f"dan{number}@acme.example")
    with pytest.raises(errors.TooManyUntilConfirmed):
        invite(agent_id="eve", email="eve@acme.example")


def test_confirmed_it_sends_many_but_not_any_number(acme, invite, monkeypatch):
    acme.confirmed_at = acme.created_at
    monkeypatch.setattr(invitation_limit, "MOST", 1)
    invite()
    with pytest.raises(errors.TooManyInvitations):
        invite(agent_id="eve", email="eve@acme.example")


def test_one_address_gets_few_whoever_sends_them(acme, globex, invite, mallory):
    for number in range(invitation_limit.MOST_TO_ONE_ADDRESS):
        invite(agent_id=f"dan{number}", email="victim@elsewhere.example")
    with globex.entered():
        role = Role.objects.get(kind=Role.Kind.AGENT)
        with pytest.raises(errors.InvitedTooOften):
            invitations.invite(
                globex, by=mallory, agent_id="dan", email="Victim@elsewhere.example", role=role
            )


def test_no_address_stands_outside_the_company(invite):
    invite()
    assert not Tally.objects.filter(key__contains="dan@").exists()


def test_after_a_day_what_was_counted_is_forgotten(clock, invite):
    invite()
    clock.move(days=1, seconds=1)
    invite(agent_id="eve", email="eve@acme.example")
    assert Tally.objects.filter(key__startswith="invitations ").count() == 2


def test_a_refused_mail_leaves_no_agent(invite, monkeypatch):
    monkeypatch.setattr(invitation_limit, "MOST_UNCONFIRMED", 0)
    with pytest.raises(errors.TooManyUntilConfirmed):
        invite()
    assert not Agent.objects.filter(agent_id="dan").exists()


def test_sending_again_waits_a_minute(acme, alice, clock, invite):
    dan = invite()
    with pytest.raises(errors.InvitedJustNow):
        invitations.send_again(acme, dan, by=alice)
    clock.move(minutes=1)
    invitations.send_again(acme, dan, by=alice)
    assert acme.deliveries.filter(key__startswith=f"invitation-{acme.company_id}-{dan.pk}-").count() == 2


def test_the_link_before_does_not_work_any_more(acme, alice, clock, invite):
    dan = invite()
    old = invitations.token_of(acme, dan)
    clock.move(minutes=1)
    dan = invitations.send_again(acme, dan, by=alice)
    with pytest.raises(errors.InvitationInvalid):
        invitations.look(old)
    assert invitations.look(invitations.token_of(acme, dan)).agent == dan


def test_correcting_the_address_makes_the_link_void(acme, alice, invite):
    dan = invite()
    old = invitations.token_of(acme, dan)
    agents.edit(dan, by=alice, version=0, email="daniel@acme.example")
    with pytest.raises(errors.InvitationInvalid):
        invitations.look(old)


def test_who_has_not_accepted_is_neither_disabled_nor_enabled(alice, invite):
    dan = invite()
    for deed in (agents.disable, agents.enable, agents.delete):
        with pytest.raises(errors.StillInvited):
            deed(dan, by=alice)


def test_who_is_there_already_is_not_sent_one(acme, alice, bob, in_acme):
    with pytest.raises(errors.NotInvited):
        invitations.send_again(acme, bob, by=alice)


def test_revoked_the_link_is_void_and_the_agent_id_free(acme, alice, invite):
    dan = invite()
    token = invitations.token_of(acme, dan)
    invitations.revoke(dan, by=alice)
    with pytest.raises(errors.InvitationInvalid):
        invitations.look(token)
    assert AuditEntry.objects.filter(action="agent.invitation_revoked", subject_name="dan").exists()
    invite()


def test_who_has_accepted_cannot_be_revoked(alice, bob, in_acme):
    with pytest.raises(errors.NotInvited):
        invitations.revoke(bob, by=alice)


def test_outsiders_invite_nobody(acme, globex, mallory, bob):
    response = Browser().enter(globex, mallory).post(page(acme), typed(role=bob.role_id))
    assert response["Location"].startswith("/sign-in/")
    with acme.entered():
        assert not Agent.objects.filter(agent_id="dan").exists()
