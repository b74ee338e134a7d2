from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import URLPattern, get_resolver

from accounts import access
from accounts.capabilities import Capability
from accounts.models import Agent, Role
from accounts.testing import Browser

pytestmark = [pytest.mark.django_db]

#: Company pages that anybody may open. Each needs a reason.
OPEN_TO_ALL: set[str] = {
    # Visitors see the agent's picture; its name cannot be guessed.
    "c/<int:company_id>/pictures/<str:name>",
}

with_test_pages = pytest.mark.urls("accounts.tests.urls")


@pytest.fixture
def pages(acme) -> str:
    return f"/c/{acme.company_id}/test/"


def company_views(patterns=None, prefix=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            yield from company_views(pattern.url_patterns, path)
        elif path.startswith("c/<int:company_id>/"):
            yield path, pattern.callback


def test_every_company_page_is_protected():
    views = dict(company_views())
    unprotected = {path for path, view in views.items() if access.needs_of(view) is None}
    assert "c/<int:company_id>/socket-token/" in views
    assert unprotected == OPEN_TO_ALL


@with_test_pages
def test_a_view_says_what_it_needs():
    needs = {path.rpartition("/test/")[2]: access.needs_of(view) for path, view in company_views()}
    assert needs["for-agents/"] == access.Needs()
    assert needs["for-monitors/"] == access.Needs(Capability.MONITOR)


@with_test_pages
def test_agents_of_the_company_get_in(acme, bob, pages):
    assert Browser().enter(acme, bob).get(f"{pages}for-agents/").text == "shown"


@with_test_pages
def test_strangers_are_led_to_the_sign_in_and_back(acme, pages, browser):
    link = urlsplit(browser.get(f"{pages}for-agents/?tab=2")["Location"])
    assert link.path == "/sign-in/"
    assert parse_qs(link.query) == {
        "company": [str(acme.company_id)],
        "next": [f"{pages}for-agents/?tab=2"],
    }


@with_test_pages
def test_agents_of_another_company_are_strangers(globex, mallory, pages):
    response = Browser().enter(globex, mallory).get(f"{pages}for-agents/")
    assert response["Location"].startswith("/sign-in/?")


@with_test_pages
def test_an_administrator_may_do_everything(acme, alice, pages):
    assert Browser().enter(acme, alice).get(f"{pages}for-monitors/").text == "shown"


@with_test_pages
def test_without_the_capability_a_page_says_so_in_words(acme, bob, pages):
    response = Browser().enter(acme, bob).get(f"{pages}for-monitors/")
    assert response.status_code == 403
    assert "You do not have the permission for this. Ask an administrator of your company." in response.text
    assert "shown" not in response.text


@with_test_pages
def test_without_the_capability_a_program_gets_json(acme, bob, pages):
    response = Browser().enter(acme, bob).get(f"{pages}for-monitors.json")
    assert response.status_code == 403
    assert response.json()["code"] == "forbidden"


@with_test_pages
def test_a_capability_given_or_taken_holds_at_once(acme, bob, pages):
    browser = Browser().enter(acme, bob)
    with acme.entered():
        Role.objects.filter(kind=Role.Kind.AGENT).update(capabilities=["monitor"])
    assert browser.get(f"{pages}for-monitors/").text == "shown"
    with acme.entered():
        Role.objects.filter(kind=Role.Kind.AGENT).update(capabilities=[])
    assert browser.get(f"{pages}for-monitors/").status_code == 403


@with_test_pages
def test_a_company_that_is_not_there_is_a_page_that_is_not_there(browser):
    for company_id in ("10000000", "1", "123456789"):
        assert browser.get(f"/c/{company_id}/test/for-agents/").status_code == 404


def test_the_navigation_shows_only_what_one_may_use(acme, alice, bob):
    welcome = f"/c/{acme.company_id}/welcome/"
    balance = f'href="/c/{acme.company_id}/balance/"'
    assert balance in Browser().enter(acme, alice).get(welcome).text
    assert balance not in Browser().enter(acme, bob).get(welcome).text


def test_who_may_names_administrators_and_holders(acme, alice, bob, carol):
    with acme.entered():
        assert set(Agent.objects.who_may("monitor")) == {alice}
        assert set(Agent.objects.who_may("take_chats")) == {alice, bob, carol}
