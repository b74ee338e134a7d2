"""The workspace's page is kept: it must be the one that would be made now, whatever has changed."""

import datetime
import re
from http.cookies import SimpleCookie

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.testing import Browser
from chat import shells
from companies import known_plans

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def made(monkeypatch):
    """How often a page was made."""
    pages = []
    before = shells._made

    def made(request):
        pages.append(request)
        return before(request)

    monkeypatch.setattr(shells, "_made", made)
    return pages


def path(company):
    return f"/c/{company.company_id}/workspace/"


def page(browser, company, **headers):
    return browser.get(path(company), **headers).content.decode()


def without_tokens(text):
    return TOKEN.sub("", text)


def test_it_is_made_once(acme, bob, made):
    browser = Browser().enter(acme, bob)
    assert without_tokens(page(browser, acme)) == without_tokens(page(browser, acme))
    assert len(made) == 1


def test_each_session_has_its_own_token_and_can_use_it(acme, bob, made):
    first, second = (Browser().enter(acme, bob) for _ in range(2))
    tokens = [TOKEN.findall(page(browser, acme)) for browser in (first, second)]
    assert len(made) == 1
    assert tokens[0] != tokens[1]
    assert all(tokens[0])
    assert shells._TOKEN not in page(first, acme)


def test_nobody_gets_anothers(acme, globex, bob, carol, mallory, made):
    texts = [page(Browser().enter(acme, bob), acme), page(Browser().enter(acme, carol), acme)]
    texts.append(page(Browser().enter(globex, mallory), globex))
    assert [name for name, text in zip(("Bob", "Carol", "Mallory"), texts) if name in text] == [
        "Bob",
        "Carol",
        "Mallory",
    ]
    assert "Carol" not in texts[0]
    assert "Acme" not in texts[2]


@pytest.mark.parametrize("change", ["name", "agent_id", "language"])
def test_what_changes_of_the_agent_is_shown(change, acme, bob, made):
    browser = Browser().enter(acme, bob)
    page(browser, acme)
    setattr(bob, change, {"name": "Robert", "agent_id": "robert", "language": "zh-hans"}[change])
    with acme.entered():
        bob.save(update_fields=[change])
    shown = page(browser, acme)
    assert {"name": "Robert", "agent_id": "robert", "language": '<html lang="zh-hans"'}[change] in shown


def test_what_changes_of_the_company_is_shown(acme, bob):
    browser = Browser().enter(acme, bob)
    page(browser, acme)
    acme.name = "Apex"
    acme.save(update_fields=["name"])
    assert "Apex" in page(browser, acme)


def test_the_appearance_and_the_way_here_are_shown(acme, bob):
    browser = Browser().enter(acme, bob)
    page(browser, acme)
    chosen: SimpleCookie = SimpleCookie({"parley_theme": "dark"})
    chosen["parley_theme"]["path"] = "/"
    browser.keep(chosen["parley_theme"])
    assert 'data-theme="dark"' in page(browser, acme)
    text = browser.get(f"{path(acme)}?conversation=7").content.decode()
    assert "?conversation=7" in text


def test_what_an_agent_may_is_shown(acme, alice, bob):
    link = f'href="{reverse("chat:balance", args=[acme.company_id])}"'
    assert [link in page(Browser().enter(acme, one), acme) for one in (alice, bob)] == [True, False]


def test_no_more_are_kept_than_that(acme, bob, monkeypatch):
    monkeypatch.setattr(shells, "_MOST", 3)
    browser = Browser().enter(acme, bob)
    for number in range(8):
        browser.get(f"{path(acme)}?{number}")
    assert len(shells._kept) <= 3


def test_what_changes_of_the_plan_is_shown(acme, alice):
    browser = Browser().enter(acme, alice)
    page(browser, acme)
    acme.plan.name = "Extraordinary"
    acme.plan.save(update_fields=["name"])
    known_plans._known.clear()
    assert "Extraordinary" in page(browser, acme)


def test_it_is_said_from_the_moment_on_that_what_is_paid_is_over(acme, alice, monkeypatch):
    now = timezone.now()
    acme.paid_until = now + datetime.timedelta(minutes=1)
    acme.save(update_fields=["paid_until"])
    browser = Browser().enter(acme, alice)
    assert "Paid until" in page(browser, acme)
    monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(minutes=2))
    assert "Not paid since" in page(browser, acme)
