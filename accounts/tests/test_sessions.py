import datetime
import re
from http.cookies import Morsel

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse

from accounts import middleware, sessions
from accounts.models import Agent
from accounts.services import confirmations
from accounts.testing import PASSWORD, Browser
from companies.requests import CompanyRequest

pytestmark = pytest.mark.django_db


def opens(browser, company, page="workspace/") -> bool:
    return browser.get(f"/c/{company.company_id}/{page}").status_code == 200


def test_the_cookie_goes_to_the_companys_pages_only(acme, sign_in):
    cookie = sign_in().cookies["parley_session"]
    assert cookie["path"] == f"/c/{acme.company_id}/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_over_https_the_cookie_is_secure(sign_in, settings):
    settings.SESSION_COOKIE_SECURE = True
    assert sign_in().cookies["parley_session"]["secure"]


def test_two_companies_work_side_by_side_in_one_browser(acme, globex, alice, mallory, browser):
    browser.enter(acme, alice).enter(globex, mallory)
    assert "alice" in browser.get(f"/c/{acme.company_id}/welcome/").text
    assert "mallory" in browser.get(f"/c/{globex.company_id}/welcome/").text


def test_signing_out_of_one_leaves_the_other(acme, globex, alice, mallory, browser):
    browser.enter(acme, alice).enter(globex, mallory)
    browser.post(f"/c/{globex.company_id}/sign-out/")
    assert opens(browser, acme)
    assert not opens(browser, globex)


def test_a_session_of_one_company_is_worthless_in_another(acme, globex, mallory):
    session = sessions.begin(globex, mallory, remembered=False)
    browser = Browser(headers={"cookie": f"parley_session={session.session_key}"})
    browser.jar["parley_session", f"/c/{acme.company_id}/"] = _morsel(session.session_key)
    response = browser.get(f"/c/{acme.company_id}/workspace/")
    assert response["Location"].startswith("/sign-in/")


def _morsel(value):
    morsel: Morsel[str] = Morsel()
    morsel.set("parley_session", value, value)
    return morsel


def test_the_row_is_in_the_companys_schema(acme, globex, sign_in):
    sign_in()
    with acme.entered():
        assert Session.objects.count() == 1
    with globex.entered():
        assert Session.objects.count() == 0
    assert Session.objects.count() == 0


def test_signing_in_to_a_second_company_leaves_open_forms_of_the_first_valid(acme, globex, alice, mallory):
    browser = Browser(enforce_csrf_checks=True).enter(acme, alice)
    form = _secret(browser.get(f"/c/{acme.company_id}/welcome/").text)
    other = _secret(browser.get("/sign-in/").text)
    typed = {"company_id": globex.company_id, "agent_id": "mallory", "password": PASSWORD}
    assert browser.post("/sign-in/", typed | {"csrfmiddlewaretoken": other}).status_code == 302
    answer = browser.post(f"/c/{acme.company_id}/sign-out/", {"csrfmiddlewaretoken": form})
    assert answer["Location"] == f"/sign-in/?company={acme.company_id}"
    with acme.entered():
        assert Session.objects.count() == 0


def test_two_sign_in_pages_in_two_tabs_both_work(acme, sign_in):
    browser = Browser(enforce_csrf_checks=True)
    first, second = (_secret(browser.get("/sign-in/").text) for _ in range(2))
    typed = {"company_id": acme.company_id, "agent_id": "alice", "password": PASSWORD}
    for secret in (first, second):
        assert browser.post("/sign-in/", typed | {"csrfmiddlewaretoken": secret}).status_code == 302


def _secret(page: str) -> str:
    return re.findall(r'csrfmiddlewaretoken" value="(\w+)"', page)[0]


def test_the_forms_secret_of_one_company_is_refused_in_another(acme, globex, alice, mallory):
    browser = Browser(enforce_csrf_checks=True).enter(acme, alice).enter(globex, mallory)
    secret = _secret(browser.get(f"/c/{globex.company_id}/welcome/").text)
    browser.get(f"/c/{acme.company_id}/welcome/")
    response = browser.post(f"/c/{acme.company_id}/sign-out/", {"csrfmiddlewaretoken": secret})
    assert response.status_code == 403
    assert "Please try again" in response.text
    assert opens(browser, acme)


def test_a_key_known_beforehand_becomes_no_session(acme, sign_in, browser):
    planted = "k" * 32
    browser.jar["parley_session", f"/c/{acme.company_id}/"] = _morsel(planted)
    assert sign_in().cookies["parley_session"].value != planted
    with acme.entered():
        assert not Session.objects.filter(session_key=planted).exists()


def test_remember_me_lasts_thirty_days(acme, clock, sign_in, browser):
    confirmations.confirm(confirmations.token_of(acme))
    cookie = sign_in(remember_me="on").cookies["parley_session"]
    assert cookie["max-age"] == datetime.timedelta(days=30).total_seconds()
    clock.move(days=29, hours=23)
    assert opens(browser, acme)
    clock.move(hours=1)
    assert not opens(browser, acme)


def test_else_it_lasts_as_long_as_the_browser_and_twelve_hours_at_most(acme, clock, sign_in, browser):
    cookie = sign_in().cookies["parley_session"]
    assert cookie["max-age"] == cookie["expires"] == ""
    clock.move(hours=11, minutes=59)
    assert opens(browser, acme, "welcome/")
    clock.move(minutes=1)
    assert not opens(browser, acme)


def test_a_new_password_ends_the_sessions_opened_with_the_old(acme, alice, browser):
    browser.enter(acme, alice)
    with acme.entered():
        alice.set_password("another long one 4")
        alice.save()
    assert not opens(browser, acme)


def test_a_deactivated_agent_counts_as_nobody(acme, bob, browser):
    browser.enter(acme, bob)
    with acme.entered():
        Agent.objects.filter(pk=bob.pk).update(is_active=False)
    assert not opens(browser, acme)


def test_sessions_that_are_over_are_swept_at_the_next_sign_in(acme, clock, sign_in):
    sign_in()
    clock.move(hours=13)
    sign_in()
    with acme.entered():
        assert Session.objects.count() == 1


def test_strangers_get_no_rows(acme, browser):
    for page in ("workspace/", "nothing-here/", "welcome/"):
        response = browser.get(f"/c/{acme.company_id}/{page}")
        assert "parley_session" not in response.cookies
    with acme.entered():
        assert Session.objects.count() == 0


def test_a_request_that_overlaps_with_signing_out_stays_signed_out(acme, alice, browser):
    browser.enter(acme, alice)
    with acme.entered():
        key = Session.objects.get().session_key
        session = sessions.CompanySession(key)
        request, response = CompanyRequest(), HttpResponse()
        request.session = session
        session["early"] = True
        Session.objects.all().delete()
        middleware._keep(request, response, sessions.cookie_of(acme))
        # By now the browser may have another one.
        assert "parley_session" not in response.cookies
        assert not Session.objects.exists()
        assert Session.objects.count() == 0


def test_pages_behind_the_sign_in_are_not_kept_by_the_browser(acme, alice, browser):
    response = browser.enter(acme, alice).get(f"/c/{acme.company_id}/welcome/")
    assert "no-store" in response["Cache-Control"]
