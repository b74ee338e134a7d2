"""Where one may sign in from is said only to who knows the password."""

import pytest

from accounts.models import AddressRule
from accounts.services import sign_in_failures
from accounts.testing import PASSWORD, Browser

pytestmark = pytest.mark.django_db

OFFICE = "203.0.113.7"
HOME = "198.51.100.9"


@pytest.fixture
def sign_in_from(acme, in_acme):
    AddressRule.objects.create(network="203.0.113.0/24")

    def fill_in(address, **typed):
        right = {"company_id": acme.company_id, "agent_id": "bob", "password": PASSWORD}
        return Browser(REMOTE_ADDR=address).post("/sign-in/", right | typed)

    return fill_in


def test_from_the_office_as_ever(sign_in_from):
    assert sign_in_from(OFFICE).status_code == 302


def test_from_elsewhere_it_is_said(acme, sign_in_from):
    response = sign_in_from(HOME)
    assert "allows sign-in from certain addresses only" in response.text
    assert HOME in response.text
    assert "parley_session" not in response.cookies


@pytest.mark.parametrize(
    "wrong", [{"password": "something else"}, {"agent_id": "nobody"}, {"agent_id": "mallory"}]
)
def test_without_the_password_nothing_tells_of_it(sign_in_from, wrong):
    page = sign_in_from(HOME, **wrong).text
    assert "Company ID, agent ID or password is wrong." in page
    assert "certain addresses" not in page
    assert HOME not in page


def test_knowing_the_password_is_no_failure(acme, sign_in_from):
    for _ in range(sign_in_failures.ACCOUNT.lock_at + 1):
        assert "certain addresses" in sign_in_from(HOME).text
    assert sign_in_from(OFFICE).status_code == 302


def test_what_a_stranger_says_of_a_proxy_changes_nothing(acme, sign_in_from):
    typed = {"company_id": acme.company_id, "agent_id": "bob", "password": PASSWORD}
    forged = {"X-Forwarded-For": OFFICE}
    page = Browser(REMOTE_ADDR=HOME).post("/sign-in/", typed, headers=forged).text
    assert "certain addresses" in page


def test_another_company_asks_nothing_of_the_kind(globex, sign_in_from):
    assert sign_in_from(HOME, company_id=globex.company_id, agent_id="mallory").status_code == 302
