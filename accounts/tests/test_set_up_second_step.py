import re

import pyotp
import pytest

from accounts.models import Totp
from accounts.services import recovery_codes, two_step
from accounts.testing import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(acme, alice, browser) -> str:
    browser.enter(acme, alice)
    return f"/c/{acme.company_id}/settings/security/"


def secret_in(page: str) -> str:
    found = re.search(r'id="secret"[^>]*>(.*?)</code>', page)
    assert found
    return "".join(re.findall(r"<span>(\w{4})</span>", found[1]))


@pytest.fixture
def set_up(pages, browser, clock):
    """Alice's app, as the page sets it up."""
    browser.post(f"{pages}app/begin/")
    app = pyotp.TOTP(secret_in(browser.get(f"{pages}app/").text))
    page = browser.post(f"{pages}app/", {"code": app.at(clock.now)}).text
    return app, page


def test_the_page_shows_a_picture_and_the_key(pages, browser):
    assert browser.post(f"{pages}app/begin/")["Location"] == f"{pages}app/"
    page = browser.get(f"{pages}app/").text
    assert len(secret_in(page)) == 32
    assert re.search(r'<path d="M\d+ \d+h1v1h-1z', page)


def test_loading_it_again_shows_the_same_key(pages, browser):
    browser.post(f"{pages}app/begin/")
    assert len({secret_in(browser.get(f"{pages}app/").text) for _ in range(2)}) == 1


def test_the_first_code_brings_the_recovery_codes_once(set_up, pages, browser, acme, alice):
    _, page = set_up
    assert len(re.findall(r"\b\d{4}-\d{4}-\d{4}\b", page)) == 10
    assert not re.findall(r"\d{4}-\d{4}-\d{4}", browser.get(pages).text)
    with acme.entered():
        assert two_step.is_set_up(alice)


def test_a_wrong_code_is_said_beside_the_field_and_the_key_stays(pages, browser):
    browser.post(f"{pages}app/begin/")
    secret = secret_in(browser.get(f"{pages}app/").text)
    page = browser.post(f"{pages}app/", {"code": "12345"}).text
    assert "This is not the code that the app should show now." in page
    assert secret_in(page) == secret


def test_without_having_begun_the_page_leads_back(pages, browser):
    assert browser.get(f"{pages}app/")["Location"] == pages


def test_one_that_is_set_up_is_not_shown_again(set_up, pages, browser):
    assert browser.get(f"{pages}app/")["Location"] == pages
    assert browser.post(f"{pages}app/begin/")["Location"] == pages


def test_removing_asks_for_the_password(set_up, pages, browser, acme, alice, clock):
    clock.move(minutes=6)
    assert "not your present password" in browser.post(f"{pages}app/remove/", {"password": "wrong"}).text
    with acme.entered():
        assert two_step.is_set_up(alice)
    browser.post(f"{pages}app/remove/", {"password": PASSWORD})
    with acme.entered():
        assert not two_step.is_set_up(alice)


def test_guessing_that_password_is_as_slow_as_at_the_sign_in(set_up, pages, browser, clock):
    clock.move(minutes=6)
    for _ in range(3):
        browser.post(f"{pages}app/remove/", {"password": "wrong"})
    assert (
        "Too many attempts have failed." in browser.post(f"{pages}app/remove/", {"password": PASSWORD}).text
    )


def test_new_recovery_codes_ask_for_the_password_and_replace_the_old(
    set_up, pages, browser, acme, alice, clock
):
    clock.move(minutes=6)
    assert "not your present" in browser.post(f"{pages}recovery-codes/", {"password": "wrong"}).text
    page = browser.post(f"{pages}recovery-codes/", {"password": PASSWORD}).text
    codes = re.findall(r"\b\d{4}-\d{4}-\d{4}\b", page)
    with acme.entered():
        assert recovery_codes.left(alice) == 10
        assert two_step.verify(alice, codes[0]) == "recovery_code"


def test_without_a_second_step_there_are_no_recovery_codes_to_make(pages, browser):
    assert browser.post(f"{pages}recovery-codes/", {"password": PASSWORD})["Location"] == pages


def test_the_secret_is_nobody_elses(set_up, acme, bob):
    with acme.entered():
        assert Totp.objects.get().agent.agent_id == "alice"
        assert not two_step.is_set_up(bob)


def test_a_link_cannot_begin_it(pages, browser):
    assert browser.get(f"{pages}app/begin/").status_code == 405
