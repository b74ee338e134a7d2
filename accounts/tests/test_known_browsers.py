"""Strangers who guess at an account lock out strangers, and nobody who has signed in there before."""

import re

import pyotp
import pytest
from django.core import mail, signing
from django.http import HttpResponse
from django.utils import timezone

from accounts import known_browsers, sealing
from accounts.models import Agent, Totp
from accounts.services import password_limit
from accounts.testing import PASSWORD, Browser
from core.models import Tally

pytestmark = pytest.mark.django_db

LOCKED = "Signing in is locked; try again in 15 minutes."
NEW = "ten green bottles"


@pytest.fixture
def sign_in_at(acme, clock):
    """`sign_in_at(browser)`: fills in the form there; what is not said is right, for Alice."""

    def fill_in(browser, **typed):
        right = {"company_id": acme.company_id, "agent_id": "alice", "password": PASSWORD}
        return browser.post("/sign-in/", right | typed)

    return fill_in


@pytest.fixture
def known(sign_in_at):
    """Where Alice has signed in before, and out again."""
    return known_to(sign_in_at)


def known_to(sign_in_at, **who):
    browser = Browser()
    assert sign_in_at(browser, **who).status_code == 302
    browser.jar = {place: cookie for place, cookie in browser.jar.items() if place[0] == "parley_known"}
    return browser


@pytest.fixture
def guess(sign_in_at, clock):
    """Ten times, as early as one may: what the tenth is told."""

    def ten_times(browser, **typed):
        for _ in range(10):
            clock.move(minutes=4)
            answer = sign_in_at(browser, password="wrong 123", **typed)
        return answer.text

    return ten_times


def test_strangers_lock_strangers_and_not_the_known_one(known, guess, sign_in_at):
    assert LOCKED in guess(Browser())
    assert sign_in_at(Browser()).status_code == 429
    assert sign_in_at(known).status_code == 302


def test_who_signs_in_there_does_not_give_strangers_new_guesses(known, guess, sign_in_at):
    guess(Browser())
    sign_in_at(known)
    assert sign_in_at(Browser()).status_code == 429


def test_guesses_in_the_known_one_lock_it_and_nobody_else(known, guess, sign_in_at):
    assert LOCKED in guess(known)
    assert sign_in_at(known).status_code == 429
    assert sign_in_at(Browser()).status_code == 302


def test_another_known_one_is_not_touched(known, guess, sign_in_at):
    laptop = known_to(sign_in_at)
    guess(known)
    assert sign_in_at(laptop).status_code == 302


def test_pauses_in_it_grow_as_everywhere(known, sign_in_at):
    for _ in range(3):
        answer = sign_in_at(known, password="wrong 123")
    assert "Company ID, agent ID or password is wrong. Wait 2 seconds, then try again." in answer.text
    assert answer.status_code == 429


def test_where_a_colleague_has_signed_in_does_not_count(bob, guess, sign_in_at):
    colleagues = known_to(sign_in_at, agent_id="bob")
    guess(Browser())
    assert sign_in_at(colleagues).status_code == 429
    assert sign_in_at(colleagues, agent_id="bob").status_code == 302


def test_nor_where_somebody_of_that_id_has_at_another_company(globex, mallory, guess, sign_in_at):
    with globex.entered():
        Agent.objects.filter(pk=mallory.pk).update(agent_id="alice")
    outsiders = known_to(sign_in_at, company_id=globex.company_id)
    guess(Browser())
    assert sign_in_at(outsiders).status_code == 429


def test_a_colleagues_guesses_are_a_strangers(bob, guess, sign_in_at, known):
    colleagues = known_to(sign_in_at, agent_id="bob")
    assert LOCKED in guess(colleagues)
    assert sign_in_at(Browser()).status_code == 429
    assert sign_in_at(known).status_code == 302


@pytest.mark.parametrize("change", [lambda value: value[:-1], lambda value: "x" + value, lambda value: ""])
def test_one_that_is_not_as_we_signed_it_does_not_count(known, guess, sign_in_at, change):
    cookie = known.jar["parley_known", "/"]
    cookie.set(cookie.key, change(cookie.value), change(cookie.coded_value))
    guess(Browser())
    assert sign_in_at(known).status_code == 429


def test_after_a_year_without_signing_in_it_is_a_strangers(known, guess, sign_in_at, clock):
    clock.move(days=365, seconds=1)
    guess(Browser())
    assert sign_in_at(known).status_code == 429


def test_one_browser_is_known_to_several_and_names_none(acme, bob, sign_in_at):
    browser = known_to(sign_in_at)
    before = browser.jar["parley_known", "/"].value
    sign_in_at(browser, agent_id="bob")
    cookie = browser.jar["parley_known", "/"]
    assert len(cookie.value) > len(before)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    held = signing.loads(cookie.value, salt=known_browsers._SALT)
    assert len(held) == 2
    assert not [name for name in ("alice", "bob", str(acme.company_id)) if name in str(held)]


def test_of_many_the_last_ten_are_kept(rf):
    browser = Browser()
    for n in range(12):
        request, response = rf.get("/sign-in/"), HttpResponse()
        if browser.jar:
            request.COOKIES["parley_known"] = browser.jar["parley_known", "/"].value
        known_browsers.remember(request, response, f"12345678/agent{n}")
        browser.keep(response.cookies["parley_known"])
    request = rf.get("/sign-in/")
    request.COOKIES["parley_known"] = browser.jar["parley_known", "/"].value
    marks = [known_browsers.mark(request, f"12345678/agent{n}") for n in range(12)]
    assert [bool(one) for one in marks] == [False] * 2 + [True] * 10


def test_a_wrong_password_makes_no_browser_known(sign_in_at):
    assert "parley_known" not in sign_in_at(Browser(), password="wrong 123").cookies


def test_nor_does_the_first_of_two_steps(acme, alice, sign_in_at, clock):
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    with acme.entered():
        Totp.objects.create(agent=alice, secret=sealing.seal(secret), confirmed_at=timezone.now())
    browser = Browser()
    assert "parley_known" not in sign_in_at(browser).cookies
    code = pyotp.TOTP(secret).at(clock.now)
    assert "parley_known" in browser.post("/sign-in/second-step/", {"code": code}).cookies


def test_whoever_is_signed_in_changes_the_password_while_strangers_guess(acme, alice, guess):
    here = Browser().enter(acme, alice)
    guess(Browser())
    path = f"/c/{acme.company_id}/settings/password/"
    assert here.post(path, {"present": PASSWORD, "password": NEW})["Location"] == path


def test_guesses_at_somebody_elses_screen_do_not_lock_the_sign_in(acme, alice, sign_in_at):
    here, path = Browser().enter(acme, alice), f"/c/{acme.company_id}/settings/password/"
    for _ in range(3):
        here.post(path, {"present": "wrong 123", "password": NEW})
    assert "Too many attempts have failed." in here.post(path, {"present": PASSWORD, "password": NEW}).text
    assert sign_in_at(Browser()).status_code == 302


def ask_for_a_link(acme, browser, commit):
    with commit():
        return browser.post("/forgotten-password/", {"company_id": acme.company_id, "agent_id": "alice"})


def link():
    [found] = re.findall(r"/new-password/\S+/", str(mail.outbox[-1].body))
    return found


@pytest.mark.parametrize("is_known", [True, False])
def test_a_new_password_by_mail_opens_at_once_however_much_was_guessed(
    acme, guess, known, sign_in_at, commit, is_known
):
    here = known if is_known else Browser()
    assert LOCKED in guess(here)
    ask_for_a_link(acme, here, commit)
    here.post(link(), {"password": NEW})
    assert sign_in_at(here, password=NEW).status_code == 302


def test_strangers_who_ask_for_links_do_not_keep_the_known_one_from_it(acme, known, commit):
    for _ in range(password_limit.MOST_FOR_ONE_ACCOUNT):
        ask_for_a_link(acme, Browser(), commit)
    assert ask_for_a_link(acme, Browser(), commit).status_code == 429
    assert ask_for_a_link(acme, known, commit).status_code == 200


def test_what_is_old_is_forgotten_there_too(known, guess, clock, sign_in_at):
    sign_in_at(known, password="wrong 123")
    assert Tally.objects.filter(key__contains=" in ").exists()
    clock.move(minutes=15)
    sign_in_at(Browser(), password="wrong 123")
    assert not Tally.objects.filter(key__contains=" in ").exists()
