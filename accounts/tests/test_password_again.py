"""A second step is set up, replaced or taken away by whoever has typed the password a moment ago."""

import html
import json
import re

import pyotp
import pytest
from django.utils import timezone

from accounts import sealing
from accounts.models import AccessSettings, Passkey, Totp
from accounts.services import two_step
from accounts.testing import PASSWORD, Browser
from accounts.tests.soft_key import SoftKey

pytestmark = pytest.mark.django_db

QUESTION = "Confirm that it is you"


@pytest.fixture
def pages(acme, alice, browser) -> str:
    """Alice's, six minutes after she has signed in."""
    browser.enter(acme, alice)
    return f"/c/{acme.company_id}/settings/security/"


@pytest.fixture
def late(pages, clock):
    clock.move(minutes=6)


def has_secret(acme, alice) -> bool:
    with acme.entered():
        return Totp.objects.filter(agent=alice).exists()


def app_of(acme, alice) -> pyotp.TOTP:
    with acme.entered():
        return pyotp.TOTP(two_step.pending(alice) or "")


def hidden_in(page) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_within_five_minutes_after_signing_in_nothing_is_asked(pages, browser, clock):
    clock.move(minutes=4, seconds=59)
    assert browser.post(f"{pages}app/begin/")["Location"] == f"{pages}app/"
    assert QUESTION not in browser.get(f"{pages}passkeys/new/").text


def test_later_an_app_is_begun_with_the_password_only(late, pages, browser, acme, alice):
    page = browser.post(f"{pages}app/begin/").text
    assert QUESTION in page
    assert "You are not asked again for 5 minutes." in page
    assert not has_secret(acme, alice)
    typed = hidden_in(page)
    assert "not your present password" in browser.post(f"{pages}app/begin/", typed | {"password": "no"}).text
    assert not has_secret(acme, alice)
    response = browser.post(f"{pages}app/begin/", typed | {"password": PASSWORD})
    assert response["Location"] == f"{pages}app/"
    assert QUESTION not in browser.get(f"{pages}app/").text


def test_the_secret_of_an_app_that_somebody_has_begun_is_not_shown(pages, browser, clock, acme, alice):
    browser.post(f"{pages}app/begin/")
    clock.move(minutes=31)
    page = browser.get(f"{pages}app/").text
    assert QUESTION in page
    assert 'id="secret"' not in page


def test_whoever_has_begun_in_time_has_half_an_hour_to_finish(pages, browser, clock, acme, alice):
    browser.post(f"{pages}app/begin/")
    clock.move(minutes=29)
    page = browser.post(f"{pages}app/", {"code": app_of(acme, alice).at(clock.now)}).text
    assert "Your recovery codes" in page


def test_and_then_only_for_that(pages, browser, clock, acme, alice):
    browser.post(f"{pages}app/begin/")
    clock.move(minutes=20)
    browser.post(f"{pages}app/", {"code": app_of(acme, alice).at(clock.now)})
    assert QUESTION in browser.get(f"{pages}passkeys/new/").text
    assert 'name="password"' in browser.get(f"{pages}app/remove/").text


def test_what_was_typed_goes_on_with_it(pages, browser, clock, acme):
    """Name and key came too late: after the password they are taken as they are."""
    page = browser.get(f"{pages}passkeys/new/").text
    [options] = re.findall(r'<script id="passkey-options" type="application/json">(.*?)</script>', page, re.S)
    credential = SoftKey().create(json.loads(html.unescape(options)))
    clock.move(minutes=31)
    typed = {"name": "Blue “key” & more", "credential": credential}
    question = browser.post(f"{pages}passkeys/new/", typed).text
    wrong = browser.post(f"{pages}passkeys/new/", hidden_in(question) | {"password": "no"}).text
    assert hidden_in(wrong) == hidden_in(question)
    with acme.entered():
        assert not Passkey.objects.exists()
    done = browser.post(f"{pages}passkeys/new/", hidden_in(wrong) | {"password": PASSWORD})
    assert "Your recovery codes" in done.text
    with acme.entered():
        assert Passkey.objects.get().name == "Blue “key” & more"


def test_a_page_that_was_only_opened_opens_after_it(late, pages, browser):
    typed = hidden_in(browser.get(f"{pages}passkeys/new/").text)
    response = browser.post(f"{pages}passkeys/new/", typed | {"password": PASSWORD})
    assert response["Location"] == f"{pages}passkeys/new/"
    assert "Name of the passkey" in browser.get(f"{pages}passkeys/new/").text


def test_also_where_it_was_typed_in_another_tab_meanwhile(late, pages, browser):
    first = hidden_in(browser.get(f"{pages}passkeys/new/").text)
    browser.post(f"{pages}passkeys/new/", first | {"password": PASSWORD})
    response = browser.post(f"{pages}passkeys/new/", first | {"password": PASSWORD})
    assert response["Location"] == f"{pages}passkeys/new/"


def test_after_it_was_typed_nothing_asks_for_a_while(late, pages, browser, clock):
    typed = hidden_in(browser.post(f"{pages}app/begin/").text)
    browser.post(f"{pages}app/begin/", typed | {"password": PASSWORD})
    clock.move(minutes=4)
    assert QUESTION not in browser.get(f"{pages}passkeys/new/").text


def test_guesses_are_slowed_down_as_at_the_sign_in(late, pages, browser):
    typed = hidden_in(browser.post(f"{pages}app/begin/").text)
    for _ in range(3):
        browser.post(f"{pages}app/begin/", typed | {"password": "no"})
    page = browser.post(f"{pages}app/begin/", typed | {"password": PASSWORD}).text
    assert "Too many attempts have failed." in page


def test_taking_away_asks_nothing_a_moment_after_but_is_confirmed(pages, browser, acme, alice):
    with acme.entered():
        Totp.objects.create(agent=alice, secret=sealing.seal("A" * 32), confirmed_at=timezone.now())
    assert 'name="password"' not in browser.get(f"{pages}app/remove/").text
    assert has_secret(acme, alice)
    assert browser.post(f"{pages}app/remove/")["Location"] == pages
    assert not has_secret(acme, alice)


def test_whoever_must_set_one_up_first_is_not_asked_after_signing_in(acme, bob, clock):
    with acme.entered():
        AccessSettings.objects.create(requires_two_step=True)
    pages, browser = f"/c/{acme.company_id}/settings/security/", Browser().enter(acme, bob)
    browser.get(pages)
    clock.move(minutes=20)
    assert browser.post(f"{pages}app/begin/")["Location"] == f"{pages}app/"
    clock.move(minutes=5)
    page = browser.post(f"{pages}app/", {"code": app_of(acme, bob).at(clock.now)}).text
    assert "Your recovery codes" in page


def test_but_is_long_after_it(acme, bob, clock):
    with acme.entered():
        AccessSettings.objects.create(requires_two_step=True)
    pages, browser = f"/c/{acme.company_id}/settings/security/", Browser().enter(acme, bob)
    clock.move(minutes=6)
    browser.get(pages)
    page = browser.post(f"{pages}app/begin/").text
    assert QUESTION in page
    assert 'class="settings"' not in page


def test_a_colleagues_is_reset_with_it_too(late, browser, acme, bob):
    with acme.entered():
        Totp.objects.create(agent=bob, secret=sealing.seal("A" * 32), confirmed_at=timezone.now())
    at = f"/c/{acme.company_id}/settings/agents/{bob.pk}/"
    page = browser.post(f"{at}second-step/reset/").text
    assert QUESTION in page
    assert f'href="{at}sessions/"' in page
    assert has_secret(acme, bob)
    done = browser.post(f"{at}second-step/reset/", hidden_in(page) | {"password": PASSWORD})
    assert done["Location"] == f"{at}sessions/"
    assert not has_secret(acme, bob)


def test_an_outsiders_password_is_not_it(late, pages, globex, mallory, acme, alice):
    """Mallory is signed in to her own company, with the same password."""
    outsider = Browser().enter(globex, mallory)
    response = outsider.post(f"{pages}app/begin/", {"instead_of": "POST", "password": PASSWORD})
    assert response["Location"].startswith("/sign-in/")
    assert not has_secret(acme, alice)


def test_in_chinese(late, pages, browser, acme, alice):
    with acme.entered():
        alice.language = "zh-hans"
        alice.save(update_fields=["language"])
    page = browser.post(f"{pages}app/begin/").text
    assert "确认是您本人" in page
    assert "5 分钟" in page
    assert QUESTION not in page
