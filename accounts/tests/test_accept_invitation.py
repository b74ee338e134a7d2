from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from accounts import errors
from accounts.models import AddressRule, Agent, AuditEntry, Role
from accounts.services import invitations
from accounts.testing import PASSWORD, Browser
from companies.models import Company
from core.errors import DomainError


def invite(company, by):
    with company.entered():
        role = Role.objects.get(kind=Role.Kind.AGENT)
        return invitations.invite(
            company, by=by, agent_id="dan", email="dan@acme.example", name="", role=role
        )


@pytest.fixture
def dan(acme, alice):
    return invite(acme, alice)


@pytest.fixture
def link(acme, dan):
    return f"/invitation/{invitations.token_of(acme, dan)}/"


CHOSEN = {"name": "Dan", "password": PASSWORD}


@pytest.mark.django_db
def test_they_choose_name_and_password_and_are_signed_in(acme, dan, link, browser, sign_in):
    assert "Join Acme" in browser.get(link).text
    response = browser.post(link, CHOSEN)
    assert response["Location"] == f"/c/{acme.company_id}/workspace/"
    assert browser.get(response["Location"]).status_code == 200
    with acme.entered():
        dan.refresh_from_db()
    assert (dan.name, dan.is_active, dan.invited_at) == ("Dan", True, None)
    assert sign_in(agent_id="dan").status_code == 302


@pytest.mark.django_db
def test_opening_the_link_uses_nothing_up(dan, link, browser):
    for _ in range(3):
        assert browser.get(link).status_code == 200


@pytest.mark.django_db
def test_it_works_once(link, browser):
    browser.post(link, CHOSEN)
    response = Browser().post(link, {"name": "Eve", "password": PASSWORD})
    assert response.status_code == 410
    assert "not valid any more" in response.text


@pytest.mark.django_db
def test_after_seven_days_it_says_so(clock, acme, alice, browser):
    link = f"/invitation/{invitations.token_of(acme, invite(acme, alice))}/"
    clock.move(days=7, seconds=1)
    response = browser.get(link)
    assert response.status_code == 410
    assert "older than seven days" in response.text


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["x", "a:b:c", "WzEwMDAwMDAwLDEsIiJd:1abc:forged"])
def test_a_forged_link_is_refused(db, browser, token):
    assert browser.get(f"/invitation/{token}/").status_code == 410


@pytest.mark.django_db
def test_a_link_into_one_company_leads_into_no_other(acme, globex, mallory, dan):
    with globex.entered():
        Agent.objects.filter(pk=mallory.pk).update(invited_at=dan.invited_at)
    invited = invitations.look(invitations.token_of(acme, dan))
    assert (invited.company, invited.agent.agent_id) == (acme, "dan")


@pytest.mark.django_db
def test_a_weak_password_is_refused_and_the_link_stays(link, browser):
    response = browser.post(link, {"name": "Dan", "password": "dan"})
    assert response.context["form"].errors["password"]
    assert browser.post(link, CHOSEN).status_code == 302


@pytest.mark.django_db
def test_fields_that_are_not_in_the_form_are_ignored(acme, alice, dan, link, browser):
    browser.post(link, {**CHOSEN, "role": alice.role_id, "granted": ["export"], "agent_id": "root"})
    with acme.entered():
        dan.refresh_from_db()
        assert (dan.agent_id, dan.role.kind, dan.granted) == ("dan", "agent", [])


@pytest.mark.django_db
def test_without_a_seat_it_says_whom_to_ask(acme, link, browser):
    Company.objects.filter(pk=acme.pk).update(own_seats=3)
    response = browser.post(link, CHOSEN)
    assert "All seats of this company are taken." in response.text


@pytest.mark.django_db
def test_from_an_address_that_is_not_allowed_it_stays_open(acme, dan, link, browser):
    with acme.entered():
        AddressRule.objects.create(network="203.0.113.0/24")
    assert "is not among them" in browser.post(link, CHOSEN).text
    assert browser.post(link, CHOSEN, REMOTE_ADDR="203.0.113.7").status_code == 302


@pytest.mark.django_db
def test_the_audit_log_says_who_joined(acme, dan, link, browser):
    browser.post(link, CHOSEN)
    with acme.entered():
        entry = AuditEntry.objects.get(action="agent.joined")
    assert (entry.by_kind, entry.by_pk, entry.subject_name) == ("agent", dan.pk, "Dan")
    assert PASSWORD not in str(entry.changes)


@pytest.mark.django_db
def test_another_site_cannot_accept_it(link):
    assert Client(enforce_csrf_checks=True).post(link, CHOSEN).status_code == 403


def test_of_two_who_use_it_at_the_same_moment_one_is_refused(committed):
    acme = committed.acme
    with acme.entered():
        alice = Agent.objects.select_related("role").get(agent_id="alice")
    token = invitations.token_of(acme, invite(acme, alice))
    start = Barrier(2, timeout=10)

    def accept(name):
        try:
            start.wait()
            invitations.accept(token, name=name, password=PASSWORD)
        except DomainError as trouble:
            return trouble.code
        finally:
            connection.close()
        return "accepted"

    with ThreadPoolExecutor(2) as pool:
        outcome = list(pool.map(accept, ["Dan", "Eve"]))
    assert sorted(outcome) == ["accepted", errors.InvitationInvalid.code]
