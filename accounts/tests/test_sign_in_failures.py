import pytest
from django.utils import translation

from accounts import errors
from accounts.services import sign_in_failures
from accounts.testing import PASSWORD
from core.models import Tally

pytestmark = pytest.mark.django_db


@pytest.fixture
def fail(sign_in, clock):
    """Fails so many times, as early as one may."""

    def fail_times(times: int, **typed: object) -> object:
        for _ in range(times):
            clock.move(minutes=4)
            response = sign_in(password="wrong 123", **typed)
        return response

    return fail_times


def test_two_failures_cost_nothing(sign_in, fail):
    assert "Wait" not in fail(2).text
    assert sign_in().status_code == 302


def test_the_third_says_how_many_seconds_to_wait(fail):
    response = fail(3)
    assert "Company ID, agent ID or password is wrong. Wait 2 seconds, then try again." in response.text
    assert response.status_code == 429
    assert response["Retry-After"] == "3"


@pytest.mark.parametrize(("failures", "seconds"), [(4, "4 seconds"), (5, "8 seconds"), (9, "128 seconds")])
def test_each_further_one_doubles_it(fail, failures, seconds):
    assert f"Wait {seconds}, then try again." in fail(failures).text


def test_until_then_even_the_right_password_is_not_looked_at(sign_in, fail, clock):
    fail(4)
    clock.move(seconds=3)
    assert "Too many attempts have failed. Wait 1 second, then try again." in sign_in().text
    clock.move(seconds=1)
    assert sign_in().status_code == 302


def test_trying_too_early_does_not_make_it_longer(sign_in, fail, clock):
    fail(3)
    for _ in range(5):
        sign_in(password="wrong 123")
    clock.move(seconds=2)
    assert sign_in().status_code == 302


def test_the_tenth_locks_for_a_quarter_of_an_hour(sign_in, fail, clock):
    assert "Signing in is locked; try again in 15 minutes." in fail(10).text
    clock.move(minutes=10)
    assert "Signing in is locked; try again in 5 minutes." in sign_in().text
    clock.move(minutes=5)
    assert sign_in().status_code == 302


def test_success_starts_the_account_afresh(sign_in, fail):
    fail(2)
    sign_in()
    assert "Wait" not in fail(2).text


def test_a_quarter_of_an_hour_without_failure_starts_it_afresh(fail, clock):
    fail(5)
    clock.move(minutes=15)
    assert "Wait" not in fail(1).text


@pytest.mark.parametrize("nobody", [{"agent_id": "nobody"}, {"company_id": "99999999"}])
def test_an_account_that_does_not_exist_is_slowed_and_locked_alike(fail, nobody):
    assert "Wait 2 seconds" in fail(3, **nobody).text
    assert "locked" in fail(7, **nobody).text


def test_one_account_does_not_slow_another(bob, sign_in, fail):
    fail(10)
    assert sign_in(agent_id="bob").status_code == 302


def test_an_address_is_locked_after_fifty_whatever_the_account(sign_in):
    for n in range(50):
        assert sign_in(agent_id=f"guess{n}", password="wrong 123").status_code == 200
    response = sign_in()
    assert "Signing in is locked; try again in 15 minutes." in response.text
    assert response.status_code == 429


def test_another_address_goes_on(acme, sign_in, browser):
    for n in range(50):
        sign_in(agent_id=f"guess{n}", password="wrong 123")
    typed = {"company_id": acme.company_id, "agent_id": "alice", "password": PASSWORD}
    assert browser.post("/sign-in/", typed, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_an_office_that_signs_in_rightly_all_day_is_never_locked(sign_in):
    for _ in range(60):
        assert sign_in().status_code == 302


def test_addresses_of_one_ipv6_network_count_as_one():
    for n in range(50):
        sign_in_failures.count(f"12345678/guess{n}", f"2001:db8::{n:x}")
    with pytest.raises(errors.Locked):
        sign_in_failures.count("12345678/guess", "2001:db8::ffff")
    sign_in_failures.count("12345678/guess", "2001:db8:0:1::1")


def test_many_at_once_are_counted_before_any_is_looked_at():
    """Otherwise a hundred guesses sent together would all pass as the first."""
    for _ in range(3):
        sign_in_failures.count("12345678/alice", "192.0.2.1")
    with pytest.raises(errors.SlowedDown):
        sign_in_failures.count("12345678/alice", "192.0.2.1")


def test_what_is_old_is_forgotten(fail, clock):
    fail(3, agent_id="nobody")
    clock.move(minutes=15)
    fail(1)
    assert not Tally.objects.filter(key__contains="nobody").exists()


def test_the_time_is_told_in_chinese_too(sign_in, browser):
    browser.cookies["parley_language"] = "zh-hans"
    with translation.override("zh-hans"):
        told = errors.Locked(wait="15 分钟").message
    assert "15 分钟" in told
    assert "locked" not in told
