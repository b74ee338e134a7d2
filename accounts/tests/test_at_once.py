"""What is asked for together must be what would be found one after another, each time anew."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import at_once
from accounts.models import Role
from accounts.testing import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(monkeypatch):
    """What was found together, request by request."""
    each = []
    before = at_once._find

    def find(*arguments):
        each.append(before(*arguments))
        return each[-1]

    monkeypatch.setattr(at_once, "_find", find)
    return each


@pytest.fixture
def known(acme, bob, found):
    """Bob's browser, whose session has been seen."""
    browser = Browser().enter(acme, bob)
    assert browser.get(path(acme)).status_code == 200
    assert found == [None]
    return browser


def path(company):
    return f"/c/{company.company_id}/workspace/"


def key_of(browser):
    return next(cookie.value for (name, _), cookie in browser.jar.items() if name == "parley_session")


def test_a_session_that_was_seen_costs_one_statement(known, acme, bob, found):
    with CaptureQueriesContext(connection) as asked:
        assert known.get(path(acme)).status_code == 200
    assert found[-1].agent == bob
    assert found[-1].company == acme
    # The one is said past Django's cursors, which would set the search path first.
    assert len(asked) == 0


def test_all_that_is_found_is_as_when_asked_for_alone(known, acme, bob, found):
    known.get(path(acme))
    rows = [(found[-1].company, acme), (found[-1].agent, bob), (found[-1].agent.role, bob.role)]
    for one, alone in rows:
        assert {**vars(one), "_state": None} == {**vars(alone), "_state": None}


def test_who_has_signed_out_is_a_stranger(known, acme):
    with acme.entered():
        Session.objects.all().delete()
    assert known.get(path(acme)).status_code == 302


def test_a_session_that_is_over_is_over(known, acme):
    with acme.entered():
        Session.objects.update(expire_date=timezone.now() - datetime.timedelta(seconds=1))
    assert known.get(path(acme)).status_code == 302


def test_who_is_deactivated_is_a_stranger(known, acme, bob):
    with acme.entered():
        bob.is_active = False
        bob.save(update_fields=["is_active"])
    assert known.get(path(acme)).status_code == 302


def test_a_new_password_ends_the_others_sessions(known, acme, bob):
    with acme.entered():
        bob.set_password("another-one-4711")
        bob.save(update_fields=["password"])
    assert known.get(path(acme)).status_code == 302


def test_what_one_may_is_read_anew(known, acme):
    offline = f"/c/{acme.company_id}/offline-messages/"
    assert known.get(offline).status_code == 200
    with acme.entered():
        Role.objects.filter(kind=Role.Kind.AGENT).update(capabilities=[])
    assert known.get(offline).status_code == 403


def test_the_companys_name_is_read_anew(known, acme):
    acme.name = "Apex"
    acme.save(update_fields=["name"])
    assert "Apex" in known.get(path(acme)).content.decode()


def test_another_company_knows_nothing_of_it(known, acme, globex, mallory):
    """Not even if its memory held the key: its schema has no such session."""
    at_once._agents[globex.company_id, key_of(known)] = mallory.pk
    known._cookies_for = lambda path: Browser._cookies_for(known, f"/c/{acme.company_id}/")
    assert known.get(path(globex)).status_code == 302


def test_one_who_is_taken_for_another_is_found_out(known, acme, alice, bob):
    """Were the memory wrong, the session says whose it is."""
    at_once._agents[acme.company_id, key_of(known)] = alice.pk
    response = known.get(path(acme))
    assert response.status_code == 200
    assert "Bob" in response.content.decode()
    assert "Alice" not in response.content.decode()


def test_no_more_sessions_are_remembered_than_that(acme, bob, monkeypatch):
    monkeypatch.setattr(at_once, "_MOST", 2)
    for number in range(5):
        at_once.remember(acme, str(number), bob)
    assert len(at_once._agents) <= 2
