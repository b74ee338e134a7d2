"""From where agents may come is looked at with each request, and costs no question of its own."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AddressRule
from accounts.testing import Browser

pytestmark = pytest.mark.django_db

OFFICE = "203.0.113.7"
ELSEWHERE = "198.51.100.9"


@pytest.fixture
def only_the_office(in_acme):
    AddressRule.objects.create(network="203.0.113.0/24")


@pytest.fixture
def at_work(acme, bob):
    return Browser(REMOTE_ADDR=OFFICE).enter(acme, bob)


def path(company, page="workspace/"):
    return f"/c/{company.company_id}/{page}"


def test_without_rules_agents_come_from_everywhere(acme, bob):
    assert Browser(REMOTE_ADDR=ELSEWHERE).enter(acme, bob).get(path(acme)).status_code == 200


def test_from_where_one_may_all_is_as_ever(acme, only_the_office, at_work):
    assert [at_work.get(path(acme)).status_code for _ in range(2)] == [200, 200]


@pytest.mark.parametrize("seen_before", [False, True])
def test_from_elsewhere_the_sign_in_is_over(acme, only_the_office, at_work, seen_before):
    if seen_before:
        at_work.get(path(acme))
    response = at_work.get(path(acme), REMOTE_ADDR=ELSEWHERE)
    assert response.status_code == 302
    assert response["Location"].startswith(f"/sign-in/?company={acme.company_id}")
    assert response["Location"].endswith("ended=address")
    assert not Session.objects.exists()
    assert at_work.get(path(acme)).status_code == 302


def test_the_sign_in_page_says_why(acme, only_the_office, at_work):
    response = at_work.get(path(acme), REMOTE_ADDR=ELSEWHERE)
    page = at_work.get(response["Location"], REMOTE_ADDR=ELSEWHERE).text
    assert "takes sign-ins from certain addresses only" in page
    assert ELSEWHERE in page


def test_programs_are_told_in_json(acme, only_the_office, at_work):
    response = at_work.get(path(acme, "socket-token/"), REMOTE_ADDR=ELSEWHERE)
    assert response.status_code == 401
    assert response.json()["code"] == "address_not_allowed"
    assert ELSEWHERE in response.json()["message"]


@pytest.mark.parametrize("address", ["", "unix:", "203.0.113.256", "::ffff:198.51.100.9"])
def test_what_is_no_address_of_the_office_is_elsewhere(acme, only_the_office, at_work, address):
    assert at_work.get(path(acme), REMOTE_ADDR=address).status_code == 302


@pytest.mark.parametrize("address", ["::ffff:203.0.113.9", "203.0.113.255"])
def test_an_address_of_the_office_is_one_however_it_is_written(acme, only_the_office, at_work, address):
    assert at_work.get(path(acme), REMOTE_ADDR=address).status_code == 200


def test_what_a_stranger_says_of_a_proxy_changes_nothing(acme, only_the_office, at_work):
    forged = {"X-Forwarded-For": OFFICE, "X-Real-IP": OFFICE, "Forwarded": f"for={OFFICE}"}
    assert at_work.get(path(acme), headers=forged, REMOTE_ADDR=ELSEWHERE).status_code == 302


def test_it_costs_no_question_of_its_own(acme, only_the_office, at_work):
    at_work.get(path(acme))
    with CaptureQueriesContext(connection) as asked:
        assert at_work.get(path(acme)).status_code == 200
    # The one is said past Django's cursors.
    assert len(asked) == 0


def test_another_companys_rules_are_its_own(globex, mallory, only_the_office):
    assert Browser(REMOTE_ADDR=ELSEWHERE).enter(globex, mallory).get(path(globex)).status_code == 200
