import html
import json
import re

import pytest

from accounts.models import Passkey, SignIn
from accounts.testing import PASSWORD, Browser
from accounts.tests.soft_key import SoftKey

pytestmark = pytest.mark.django_db

STEP = "/sign-in/second-step/"


def options_in(page: str):
    [words] = re.findall(r'<script id="passkey-options" type="application/json">(.*?)</script>', page, re.S)
    return json.loads(html.unescape(words))


@pytest.fixture
def pages(acme) -> str:
    return f"/c/{acme.company_id}/settings/security/"


@pytest.fixture
def key(acme, alice, browser, pages) -> SoftKey:
    """Added by Alice, on the page for it."""
    key = SoftKey()
    browser.enter(acme, alice)
    add(browser, pages, key)
    return key


def add(browser, pages, key, name="Laptop", **lies):
    options = options_in(browser.get(f"{pages}passkeys/new/").text)
    return browser.post(f"{pages}passkeys/new/", {"name": name, "credential": key.create(options, **lies)})


def test_the_first_brings_recovery_codes(acme, alice, browser, pages):
    browser.enter(acme, alice)
    page = add(browser, pages, SoftKey()).text
    assert len(re.findall(r"\b\d{4}-\d{4}-\d{4}\b", page)) == 10
    assert "Laptop" in browser.get(pages).text


def test_further_ones_do_not(browser, pages, key):
    response = add(browser, pages, SoftKey(b"another"), name="Key ring")
    assert response["Location"] == pages
    assert "Key ring" in browser.get(pages).text


def test_what_a_key_signed_is_taken_once(acme, alice, browser, pages):
    browser.enter(acme, alice)
    options = options_in(browser.get(f"{pages}passkeys/new/").text)
    typed = {"name": "x", "credential": SoftKey().create(options)}
    again = {"name": "y", "credential": SoftKey(b"b").create(options)}
    browser.post(f"{pages}passkeys/new/", typed)
    assert "could not be verified" in browser.post(f"{pages}passkeys/new/", again).text
    with acme.entered():
        assert Passkey.objects.count() == 1


def test_a_key_for_an_imitation_is_refused(acme, alice, browser, pages):
    browser.enter(acme, alice)
    assert "could not be verified" in add(browser, pages, SoftKey(), origin="https://evil.example").text


def test_a_key_leads_in(acme, key, sign_in, browser):
    assert sign_in()["Location"] == STEP
    options = options_in(browser.get(STEP).text)
    response = browser.post(STEP, {"credential": key.get(options)})
    assert response["Location"] == f"/c/{acme.company_id}/workspace/"
    with acme.entered():
        assert SignIn.objects.latest("pk").method == "passkey"


def test_what_it_signed_leads_in_once(acme, key, sign_in, browser):
    sign_in()
    options = options_in(browser.get(STEP).text)
    shown = key.get(options)
    assert browser.post(STEP, {"credential": shown}).status_code == 302
    sign_in()
    response = browser.post(STEP, {"credential": shown})
    assert response.status_code == 200
    assert "This passkey could not be verified." in response.text


def test_failures_are_slowed_down(key, sign_in, browser):
    for _ in range(3):
        sign_in()
        response = browser.post(STEP, {"credential": "{}"})
    assert response.status_code == 429


def test_a_name_can_be_changed(acme, browser, pages, key):
    with acme.entered():
        pk = Passkey.objects.get().pk
    browser.post(f"{pages}passkeys/{pk}/", {"name": "  My   laptop "})
    with acme.entered():
        assert Passkey.objects.get().name == "My laptop"


def test_removing_asks_for_the_password(acme, browser, pages, key, clock):
    clock.move(minutes=6)
    with acme.entered():
        pk = Passkey.objects.get().pk
    assert (
        "not your present password" in browser.post(f"{pages}passkeys/{pk}/remove/", {"password": "no"}).text
    )
    with acme.entered():
        assert Passkey.objects.exists()
    assert browser.post(f"{pages}passkeys/{pk}/remove/", {"password": PASSWORD}).status_code == 302
    with acme.entered():
        assert not Passkey.objects.exists()


@pytest.mark.parametrize("page", ["", "remove/"])
def test_a_colleagues_key_is_not_there(acme, bob, browser, pages, key, page):
    with acme.entered():
        pk = Passkey.objects.get().pk
    colleague = Browser().enter(acme, bob)
    typed = {"name": "Mine", "password": PASSWORD}
    assert colleague.post(f"{pages}passkeys/{pk}/{page}", typed).status_code == 404
    with acme.entered():
        assert Passkey.objects.get().name == "Laptop"
