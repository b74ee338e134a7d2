import pytest

from accounts.services import sign_up_limit
from accounts.testing import PASSWORD, Browser
from companies.models import Company
from core.models import Tally

pytestmark = pytest.mark.django_db

TYPED = {
    "company_name": "Initech",
    "name": "Peter",
    "agent_id": "peter",
    "email": "peter@initech.example",
    "password": PASSWORD,
    "time_zone": "UTC",
}


@pytest.fixture
def enough(monkeypatch):
    """Two companies an hour from one address are enough."""
    monkeypatch.setattr(sign_up_limit, "MOST", 2)


def sign_up(address="192.0.2.1"):
    return Browser(REMOTE_ADDR=address).post("/sign-up/", TYPED)


def test_beyond_the_bound_it_says_how_long_to_wait_and_keeps_what_was_typed(cast, enough, clock):
    before = Company.objects.count()
    for _ in range(2):
        assert sign_up().status_code == 302
    clock.move(minutes=10)
    refused = sign_up().text
    assert "Many companies were opened from your network within an hour. Wait 50 minutes" in refused
    assert 'value="Initech"' in refused
    assert Company.objects.count() == before + 2


def test_another_address_is_not_concerned(cast, enough):
    for _ in range(2):
        sign_up()
    assert sign_up("192.0.2.2").status_code == 302


def test_an_hour_later_one_may_again(cast, enough, clock):
    for _ in range(3):
        sign_up()
    clock.move(hours=1, seconds=1)
    assert sign_up().status_code == 302


def test_one_ipv6_network_is_one_address(cast, enough):
    for last in ("1", "2"):
        sign_up(f"2001:db8::{last}")
    assert sign_up("2001:db8::3").status_code == 200
    assert Tally.objects.filter(key="sign-up from 2001:db8::/64").exists()
