import pyotp
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts import operators as known
from accounts.models import Agent, AuditEntry
from accounts.services import operators, two_step
from accounts.testing import PASSWORD, Browser, make_session
from config.console.tests.conftest import bring

pytestmark = [pytest.mark.django_db]


def sign_in(browser, password=PASSWORD, agent_id="olga", **more):
    return browser.post("/operator/sign-in/", {"agent_id": agent_id, "password": password, **more})


def code_of(operator):
    return pyotp.TOTP(two_step.pending(operator) or "").now()


def test_a_stranger_is_led_to_the_sign_in_and_sees_nothing(db):
    response = Browser().get("/operator/companies/company/")
    assert response.status_code == 302
    assert response["Location"] == "/operator/sign-in/?next=%2Foperator%2Fcompanies%2Fcompany%2F"


def test_the_password_alone_opens_nothing_but_the_second_step(olga):
    browser = Browser()
    assert sign_in(browser)["Location"] == "/operator/"
    for path in ("/operator/", "/operator/companies/company/", "/operator/health/"):
        assert browser.get(path)["Location"] == "/operator/second-step/"
    assert browser.get("/operator/password/")["Location"] == "/operator/sign-in/"


def test_whoever_has_no_second_step_sets_one_up_and_is_in(olga):
    browser = Browser()
    sign_in(browser)
    page = browser.get("/operator/second-step/")
    assert (two_step.pending(olga) or "?") in page.text
    shown = browser.post("/operator/second-step/", {"code": code_of(olga)})
    assert "Recovery codes" in shown.text
    assert browser.get("/operator/").status_code == 200


def test_a_wrong_first_code_sets_nothing_up(olga):
    browser = Browser()
    sign_in(browser)
    browser.get("/operator/second-step/")
    assert browser.post("/operator/second-step/", {"code": "000000"}).status_code == 200
    assert not two_step.is_set_up(olga)
    assert browser.get("/operator/").status_code == 302


@pytest.fixture
def recovery_codes(olga):
    two_step.begin(olga)
    return two_step.confirm(olga, code_of(olga))


def test_a_recovery_code_lets_in_once(olga, recovery_codes):
    browser, again = Browser(), Browser()
    for one in (browser, again):
        sign_in(one)
        one.post("/operator/second-step/", {"code": recovery_codes[0]})
    assert browser.get("/operator/").status_code == 200
    assert again.get("/operator/").status_code == 302


def test_the_session_of_the_first_step_is_worth_nothing_after_the_second(olga, recovery_codes):
    browser = Browser()
    sign_in(browser)
    first = browser.jar["parley_operator", "/operator/"].value
    browser.post("/operator/second-step/", {"code": recovery_codes[0]})
    assert browser.jar["parley_operator", "/operator/"].value != first
    assert not known.OperatorSession().exists(first)


def test_wrong_passwords_and_unknown_operators_get_the_same_answer(olga):
    wrong, unknown = sign_in(Browser(), "wrong"), sign_in(Browser(), agent_id="nobody")
    assert "Operator ID or password is wrong." in wrong.text
    assert "Operator ID or password is wrong." in unknown.text
    assert "parley_operator" not in wrong.cookies


def test_guesses_are_slowed_down_then_locked(olga, clock):
    for _ in range(10):
        clock.move(minutes=5)
        sign_in(Browser(), "wrong")
    response = sign_in(Browser())
    assert response.status_code == 429
    assert "Signing in is locked" in response.text


def test_strangers_guesses_do_not_lock_where_the_operator_has_signed_in_before(olga, recovery_codes, clock):
    browser = Browser()
    sign_in(browser)
    assert ("parley_known", "/") not in browser.jar
    browser.post("/operator/second-step/", {"code": recovery_codes[0]})
    for _ in range(10):
        clock.move(minutes=5)
        sign_in(Browser(), "wrong")
    assert sign_in(Browser()).status_code == 429
    assert sign_in(browser)["Location"] == "/operator/"


def test_codes_are_slowed_down_too(olga, recovery_codes):
    browser = Browser()
    sign_in(browser)
    answers = [browser.post("/operator/second-step/", {"code": "123456"}) for _ in range(5)]
    assert "Wait" in answers[-1].text


def test_the_cookie_is_sent_to_the_console_only(olga):
    browser = Browser()
    cookie = sign_in(browser).cookies["parley_operator"]
    assert cookie["path"] == "/operator/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/operator/", "//evil.example/operator/", "/c/12345678/"]
)
def test_after_signing_in_one_is_led_nowhere_else(olga, wanted):
    assert sign_in(Browser(), next=wanted)["Location"] == "/operator/"


def test_signing_out_ends_the_session(console):
    key = console.jar["parley_operator", "/operator/"].value
    assert console.post("/operator/logout/")["Location"] == "/operator/sign-in/"
    assert not known.OperatorSession().exists(key)
    assert console.get("/operator/").status_code == 302


def test_a_disabled_operator_is_out_at_once(olga, console):
    other = operators.add(agent_id="otto", name="Otto", email="", password=PASSWORD)
    assert console.get("/operator/").status_code == 200
    operators.set_active(olga, False)
    assert console.get("/operator/").status_code == 302
    assert "wrong" in sign_in(Browser()).text
    assert other.is_active


def test_a_company_session_opens_no_console(acme, alice):
    browser = Browser().enter(acme, alice)
    cookie = browser.jar["parley_session", f"/c/{acme.company_id}/"]
    browser.cookies["parley_operator"] = cookie.value
    browser.jar["parley_operator", "/operator/"] = cookie
    cookie.set("parley_operator", cookie.value, cookie.value)
    assert browser.get("/operator/").status_code == 302


def test_an_operators_session_opens_no_company(acme, alice, console):
    key = console.jar["parley_operator", "/operator/"].value
    browser = Browser()
    browser.jar["parley_session", f"/c/{acme.company_id}/"] = console.jar["parley_operator", "/operator/"]
    browser.jar["parley_session", f"/c/{acme.company_id}/"].set("parley_session", key, key)
    for page in ("workspace/", "admin/", "welcome/"):
        assert browser.get(f"/c/{acme.company_id}/{page}")["Location"].startswith("/sign-in/")


def test_an_agent_of_a_company_is_no_operator(acme, alice):
    assert "wrong" in sign_in(Browser(), agent_id="alice").text


def test_ones_own_password_is_changed_and_other_sessions_end(olga, console):
    elsewhere = bring(Browser(), operators.begin(olga, verified=True))
    typed = {"now": PASSWORD, "password": "another horse battery"}
    assert console.post("/operator/password/", typed)["Location"] == "/operator/"
    assert console.get("/operator/").status_code == 200
    assert elsewhere.get("/operator/").status_code == 302


def test_the_present_password_is_asked_for(olga, console):
    typed = {"now": "wrong", "password": "another horse battery"}
    assert "This is not your present password." in console.post("/operator/password/", typed).text
    olga.refresh_from_db()
    assert olga.check_password(PASSWORD)


def test_another_operator_lets_in_whoever_has_lost_password_and_app(olga, console, recovery_codes):
    otto = operators.add(agent_id="otto", name="Otto", email="", password=PASSWORD)
    two_step.begin(otto)
    two_step.confirm(otto, code_of(otto))
    facts = {"name": "Otto", "email": "otto@parley.example", "is_active": "on"}
    new = {"new_password": "another horse battery", "forget_second_step": "on"}
    assert console.post(f"/operator/console/operator/{otto.pk}/change/", facts | new).status_code == 302
    assert not two_step.is_set_up(otto)
    browser = Browser()
    assert sign_in(browser, "another horse battery", "otto")["Location"] == "/operator/"
    assert browser.get("/operator/")["Location"] == "/operator/second-step/"


def test_not_long_after_signing_in_it_takes_the_operators_own_password(olga, console, recovery_codes, clock):
    otto = operators.add(agent_id="otto", name="Otto", email="", password=PASSWORD)
    two_step.begin(otto)
    two_step.confirm(otto, pyotp.TOTP(two_step.pending(otto) or "").at(clock.now))
    path = f"/operator/console/operator/{otto.pk}/change/"
    typed = {"name": "Otto", "email": "otto@parley.example", "is_active": "on", "forget_second_step": "on"}
    clock.move(minutes=6)
    for wrong in ({}, {"present": "wrong"}):
        page = console.post(path, typed | wrong)
        assert "This is not your present password." in page.text
        assert "otto@parley.example" in page.text
    assert two_step.is_set_up(otto)
    assert console.post(path, typed | {"present": PASSWORD}).status_code == 302
    assert not two_step.is_set_up(otto)


def test_letting_another_operator_in_asks_for_ones_own_password(olga, console, clock):
    """Whoever finds the console open would sign in as them tomorrow."""
    clock.move(minutes=6)
    typed = {"agent_id": "otto", "name": "Otto", "email": "otto@parley.example", "password": PASSWORD}
    for wrong in ({}, {"present": "wrong"}):
        page = console.post("/operator/console/operator/add/", typed | wrong)
        assert "This is not your present password." in page.text
    assert not Agent.objects.filter(agent_id="otto").exists()
    assert console.post("/operator/console/operator/add/", typed | {"present": PASSWORD}).status_code == 302
    assert Agent.objects.get(agent_id="otto").name == "Otto"


def test_guessing_it_there_is_as_slow_as_at_the_sign_in(olga, console, clock):
    otto = operators.add(agent_id="otto", name="Otto", email="otto@parley.example", password=PASSWORD)
    typed = {"name": "Otto", "email": otto.email, "is_active": "on", "new_password": "another horse battery"}
    clock.move(minutes=6)
    for _ in range(3):
        console.post(f"/operator/console/operator/{otto.pk}/change/", typed | {"present": "wrong"})
    page = console.post(f"/operator/console/operator/{otto.pk}/change/", typed | {"present": PASSWORD})
    assert "Too many attempts have failed." in page.text
    otto.refresh_from_db()
    assert otto.check_password(PASSWORD)


def test_whoever_sets_up_a_second_step_too_late_signs_in_again(olga, clock):
    browser = Browser()
    sign_in(browser)
    clock.move(minutes=4)
    browser.get("/operator/second-step/")
    clock.move(minutes=29)
    assert (two_step.pending(olga) or "?") in browser.get("/operator/second-step/").text
    clock.move(minutes=2)
    code = pyotp.TOTP(two_step.pending(olga) or "").at(clock.now)
    gone = browser.post("/operator/second-step/", {"code": code})
    assert gone["Location"] == "/operator/sign-in/?ended=late"
    assert not two_step.is_set_up(olga)
    assert "That took too long" in browser.get(gone["Location"]).text


def test_a_command_makes_the_first_operator(db, monkeypatch, capsys):
    monkeypatch.setenv("PARLEY_OPERATOR_PASSWORD", PASSWORD)
    call_command("make_operator", "olga", "--name", "Olga")
    operator = Agent.objects.get(agent_id="olga")
    assert operator.check_password(PASSWORD)
    assert not two_step.is_set_up(operator)
    assert PASSWORD not in capsys.readouterr().out
    assert AuditEntry.objects.filter(action="operator.added", by_kind="system").exists()


def test_the_command_refuses_a_password_that_is_too_easy(db, monkeypatch):
    monkeypatch.setenv("PARLEY_OPERATOR_PASSWORD", "12345678")
    with pytest.raises(CommandError):
        call_command("make_operator", "olga")
    assert not Agent.objects.exists()


def test_forms_of_the_console_need_their_secret(olga, console, acme):
    strict = bring(Browser(enforce_csrf_checks=True), operators.begin(olga, verified=True))
    company = reverse("admin:company-suspend", args=[acme.pk])
    assert strict.post(company, {"reason": "late"}).status_code == 403
    acme.refresh_from_db()
    assert acme.suspended_at is None


def test_no_page_of_the_console_can_be_framed(console):
    response = console.get("/operator/")
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_a_session_made_for_a_company_by_the_same_key_is_not_taken(acme, alice, olga):
    make_session(acme, alice, "shared")
    browser = Browser()
    session = operators.begin(olga, verified=True)
    session.delete()
    bring(browser, session)
    assert browser.get("/operator/").status_code == 302
