import re

import pytest
from django.contrib.auth import hashers

from accounts.models import Agent
from accounts.testing import PASSWORD, Browser
from companies.models import Company

pytestmark = pytest.mark.django_db


def test_leads_to_the_workspace(acme, sign_in, browser):
    response = sign_in()
    assert response.status_code == 302
    assert response["Location"] == f"/c/{acme.company_id}/workspace/"
    assert browser.get(response["Location"]).status_code == 200


def test_keeps_the_time_of_the_last_sign_in(clock, acme, sign_in, alice):
    sign_in()
    with acme.entered():
        alice.refresh_from_db()
    assert alice.last_login == clock.now


def test_leads_to_the_page_that_was_asked_for(acme, sign_in):
    wanted = f"/c/{acme.company_id}/settings/snippet/?tab=2"
    assert sign_in(next=wanted)["Location"] == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.test/",
        "//evil.test/c/{id}/",
        "/\\evil.test/",
        "/c/{id}/../{other}/workspace/",
        "/c/{id}/%2e%2e/{other}/workspace/",
        "/c/{other}/workspace/",
        "/c/{id}0/workspace/",
        "javascript:alert(1)",
        "c/{id}/workspace/",
    ],
)
def test_leads_nowhere_else(acme, globex, sign_in, wanted):
    wanted = wanted.format(id=acme.company_id, other=globex.company_id)
    assert sign_in(next=wanted)["Location"] == f"/c/{acme.company_id}/workspace/"


def test_company_id_can_come_with_the_link(browser):
    assert 'value="12345678"' in browser.get("/sign-in/?company=12345678").text


def test_full_width_figures_and_capitals_are_understood(acme, sign_in):
    wide = str(acme.company_id).translate({ord("0") + n: ord("０") + n for n in range(10)})
    assert sign_in(company_id=f" {wide} ", agent_id=" Alice ").status_code == 302


WRONG = {
    "company ID": {"company_id": "99999999"},
    "company ID that is none": {"company_id": "acme"},
    "agent ID": {"agent_id": "nobody"},
    "password": {"password": "something else 8"},
    "agent is inactive": {"agent_id": "bob"},
    "agent of another company": {"agent_id": "mallory"},
}


@pytest.fixture
def inactive_bob(acme: Company, bob: Agent) -> None:
    with acme.entered():
        Agent.objects.filter(pk=bob.pk).update(is_active=False)


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_whatever_is_wrong_the_answer_is_the_same(acme, globex, inactive_bob, sign_in, wrong):
    right = {"company_id": acme.company_id, "agent_id": "alice"}
    answer = _without_what_was_typed(sign_in(**wrong).text, right | wrong)
    assert answer == _without_what_was_typed(sign_in(password="wrong 1").text, right)
    assert "Company ID, agent ID or password is wrong." in answer


def _without_what_was_typed(page: str, typed: dict[str, object]) -> str:
    for value in typed.values():
        page = page.replace(f'value="{value}"', 'value=""')
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_whatever_is_wrong_one_password_is_hashed(globex, inactive_bob, sign_in, wrong, monkeypatch):
    hashed: list[str] = []
    hasher = type(hashers.get_hasher())
    for name in ("encode", "verify"):
        _count_calls(monkeypatch, hasher, name, hashed)
    sign_in(**wrong)
    assert len(hashed) == 1


def _count_calls(monkeypatch, hasher, name, calls):
    real = getattr(hasher, name)
    monkeypatch.setattr(hasher, name, lambda *args: calls.append(name) or real(*args))


def test_what_was_typed_stays_except_the_password(acme, sign_in):
    page = sign_in(password="wrong pass 3", remember_me="on").text
    assert f'value="{acme.company_id}"' in page
    assert 'value="alice"' in page
    assert "checked" in page
    assert "wrong pass 3" not in page


def test_empty_fields_are_named(browser):
    page = browser.post("/sign-in/", {}).text
    assert page.count("This field is required.") == 3


def test_without_the_forms_secret_nothing_happens(acme):
    browser = Browser(enforce_csrf_checks=True)
    typed = {"company_id": acme.company_id, "agent_id": "alice", "password": PASSWORD}
    assert browser.post("/sign-in/", typed).status_code == 403
    [token, *_] = re.findall(r'csrfmiddlewaretoken" value="(\w+)"', browser.get("/sign-in/").text)
    assert browser.post("/sign-in/", typed | {"csrfmiddlewaretoken": token}).status_code == 302


def test_an_operator_of_the_installation_is_no_agent_of_a_company(acme, sign_in, alice):
    """Rows in the public schema are not seen from a company, nor without one."""
    assert Agent.objects.count() == 0
    assert sign_in(company_id="", agent_id="alice").status_code == 200


def test_whose_sign_in_was_ended_is_told(acme):
    page = Browser().get("/sign-in/", {"company": acme.company_id, "ended": "over"}).text
    assert "Your sign-in is over" in page
    assert "Your sign-in is over" not in Browser().get("/sign-in/").text
