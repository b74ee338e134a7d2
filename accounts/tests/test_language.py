import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.template import Context, Template

from accounts.middleware import LanguageMiddleware
from accounts.testing import Browser
from companies.requests import CompanyRequest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [
        ("zh-CN,zh;q=0.9", "zh-hans"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("fr, zh-Hans;q=0.5", "zh-hans"),
        ("", "en"),
    ],
)
def test_strangers_read_their_browsers_language(browser, accepted, lang):
    response = browser.get("/sign-in/", headers={"accept-language": accepted})
    assert f'<html lang="{lang}"' in response.text
    assert response["Content-Language"] == lang


def test_what_is_chosen_goes_before_that(browser):
    response = browser.post("/language/", {"language": "zh-hans", "next": "/sign-in/"})
    assert response["Location"] == "/sign-in/"
    page = browser.get("/sign-in/", headers={"accept-language": "en"}).text
    assert '<html lang="zh-hans"' in page
    assert ">登录<" in page


def test_choosing_needs_no_session_and_no_secret():
    browser = Browser(enforce_csrf_checks=True)
    response = browser.post("/language/", {"language": "zh-hans"})
    assert response.status_code == 302
    assert set(response.cookies) == {"parley_language"}


@pytest.mark.parametrize("language", ["", "xx", "fr", "../en", "zh"])
def test_an_unknown_language_changes_nothing(browser, language):
    response = browser.post("/language/", {"language": language})
    assert response.status_code == 302
    assert "parley_language" not in response.cookies


@pytest.mark.parametrize("wanted", ["https://evil.test/", "//evil.test", "/\\evil.test", "evil", ""])
def test_it_leads_to_no_other_site(browser, wanted):
    assert browser.post("/language/", {"language": "en", "next": wanted})["Location"] == "/"


def test_a_link_cannot_choose(browser):
    assert browser.get("/language/?language=zh-hans").status_code == 405


def test_an_agents_choice_holds_in_every_browser(acme, alice, browser):
    browser.enter(acme, alice)
    inside = f"/c/{acme.company_id}/"
    browser.post(f"{inside}language/", {"language": "zh-hans", "next": f"{inside}welcome/"})
    page = Browser().enter(acme, alice).get(f"{inside}welcome/", headers={"accept-language": "en"}).text
    assert '<html lang="zh-hans"' in page


def test_and_stays_after_signing_out(acme, alice, browser):
    inside = f"/c/{acme.company_id}/"
    browser.enter(acme, alice).post(f"{inside}language/", {"language": "zh-hans"})
    page = browser.post(f"{inside}sign-out/", follow=True).text
    assert '<html lang="zh-hans"' in page


def test_it_is_the_agents_own(acme, alice, bob, browser):
    browser.enter(acme, alice).post(f"/c/{acme.company_id}/language/", {"language": "zh-hans"})
    with acme.entered():
        bob.refresh_from_db()
    assert bob.language == ""


def test_strangers_choose_for_no_agent(acme, globex, mallory, alice):
    browser = Browser().enter(globex, mallory)
    browser.post(f"/c/{acme.company_id}/language/", {"language": "zh-hans"})
    with acme.entered():
        alice.refresh_from_db()
    assert alice.language == ""


def test_the_picker_on_a_page_posts_where_it_works(acme, alice, browser):
    assert 'action="/language/"' in browser.get("/sign-in/").text
    page = browser.enter(acme, alice).get(f"/c/{acme.company_id}/welcome/").text
    assert f'action="/c/{acme.company_id}/language/"' in page


@pytest.mark.parametrize(("zone", "shown"), [("Asia/Shanghai", "08:00"), ("America/Chicago", "18:00")])
def test_within_a_company_times_are_the_companys(acme, zone, shown):
    acme.time_zone = zone
    request = CompanyRequest()
    request.company, request.user = acme, AnonymousUser()
    midnight = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)

    def view(request):
        return HttpResponse(Template('{{ at|date:"H:i" }}').render(Context({"at": midnight})))

    response = LanguageMiddleware(view)(request)
    assert isinstance(response, HttpResponse)
    assert response.text == shown
