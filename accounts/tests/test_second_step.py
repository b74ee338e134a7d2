import datetime

import pyotp
import pytest
from django.contrib.sessions.models import Session

from accounts import sealing
from accounts.models import Agent, SignIn, Totp
from accounts.services import recovery_codes
from accounts.testing import PASSWORD, Browser
from companies.models import Delivery

pytestmark = pytest.mark.django_db

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
STEP = "/sign-in/second-step/"


@pytest.fixture
def app(acme, alice, clock) -> pyotp.TOTP:
    """Alice's, as it shows codes."""
    with acme.entered():
        Totp.objects.create(agent=alice, secret=sealing.seal(SECRET), confirmed_at=clock.now)
    return pyotp.TOTP(SECRET)


@pytest.fixture
def show(browser, app, clock):
    """Types what the app shows now, or something else."""

    def type_code(code: str | None = None, **more: object):
        return browser.post(STEP, {"code": app.at(clock.now) if code is None else code, **more})

    return type_code


def sessions_of(company) -> int:
    with company.entered():
        return SignIn.objects.count()


def test_the_password_alone_leads_to_it_and_opens_nothing(acme, app, sign_in, browser):
    response = sign_in()
    assert response["Location"] == STEP
    assert "parley_session" not in response.cookies
    assert browser.get(f"/c/{acme.company_id}/workspace/")["Location"].startswith("/sign-in/")
    assert sessions_of(acme) == 0


def test_the_code_leads_on(acme, sign_in, show, browser):
    sign_in()
    response = show()
    assert response["Location"] == f"/c/{acme.company_id}/workspace/"
    assert browser.get(response["Location"]).status_code == 200


def test_to_the_page_that_was_asked_for(acme, sign_in, show):
    wanted = f"/c/{acme.company_id}/settings/snippet/?tab=2"
    sign_in(next=wanted)
    assert show()["Location"] == wanted


@pytest.mark.parametrize("wanted", ["https://evil.test/", "//evil.test/", "/c/{other}/workspace/"])
def test_and_nowhere_else(acme, globex, sign_in, show, wanted):
    sign_in(next=wanted.format(other=globex.company_id))
    assert show(next="https://evil.test/")["Location"] == f"/c/{acme.company_id}/workspace/"


def test_typed_with_a_gap_or_full_width_figures(sign_in, show, app, clock):
    sign_in()
    code = app.at(clock.now).translate({ord("0") + n: ord("０") + n for n in range(10)})
    assert show(f" {code[:3]} {code[3:]} ").status_code == 302


def test_a_recovery_code_does_too(acme, alice, sign_in, show):
    with acme.entered():
        [code, *_] = recovery_codes.make_first(alice)
    sign_in()
    assert show(code).status_code == 302
    with acme.entered():
        assert SignIn.objects.get().method == "recovery_code"


def test_a_wrong_code_is_said_beside_the_field(sign_in, show):
    sign_in()
    response = show("123123")
    assert response.status_code == 200
    assert "This code is wrong or was used already." in response.text


def test_a_code_opens_once(sign_in, show, app, clock):
    code = app.at(clock.now)
    sign_in()
    assert show(code).status_code == 302
    sign_in()
    assert show(code).status_code == 200


def test_what_waits_is_used_up(acme, sign_in, show, browser, clock):
    """A copy of the cookie from between the steps is of no use afterwards."""
    sign_in()
    kept = Browser()
    kept.jar = dict(browser.jar)
    assert show().status_code == 302
    clock.move(seconds=30)
    response = kept.post(STEP, {"code": pyotp.TOTP(SECRET).at(clock.now)})
    assert response["Location"] == f"/sign-in/?ended=second-step&company={acme.company_id}"
    assert sessions_of(acme) == 1


def test_the_session_has_a_key_nobody_has_seen(acme, sign_in, show):
    sign_in()
    with acme.entered():
        [waiting] = Session.objects.values_list("session_key", flat=True)
    show()
    with acme.entered():
        [session] = Session.objects.values_list("session_key", flat=True)
        assert session != waiting
        assert SignIn.objects.get().session_key == session


def test_the_key_of_what_waits_opens_no_page(acme, sign_in, app):
    sign_in()
    with acme.entered():
        [waiting] = Session.objects.values_list("session_key", flat=True)
    thief = Browser(headers={"cookie": f"parley_session={waiting}"})
    thief.cookies["parley_session"] = waiting
    assert thief.get(f"/c/{acme.company_id}/workspace/")["Location"].startswith("/sign-in/")
    assert thief.get(f"/c/{acme.company_id}/socket-token/").status_code == 401


def test_ten_minutes_are_enough(acme, sign_in, show, clock):
    sign_in()
    clock.move(minutes=9, seconds=59)
    assert show().status_code == 302
    sign_in()
    clock.move(minutes=10, seconds=1)
    assert show()["Location"].startswith("/sign-in/?ended=second-step")


def test_without_a_password_before_it_leads_to_the_sign_in(browser):
    assert browser.get(STEP)["Location"] == "/sign-in/?ended=second-step"
    assert browser.post(STEP, {"code": "000000"})["Location"] == "/sign-in/?ended=second-step"


def test_another_password_meanwhile_ends_it(acme, alice, sign_in, show):
    sign_in()
    with acme.entered():
        alice.set_password("a different one 9")
        alice.save()
    assert show()["Location"].startswith("/sign-in/?ended=second-step")


def test_being_disabled_meanwhile_ends_it(acme, alice, sign_in, show):
    sign_in()
    with acme.entered():
        Agent.objects.filter(pk=alice.pk).update(is_active=False)
    assert show()["Location"].startswith("/sign-in/?ended=second-step")


def test_failures_are_slowed_down_though_the_password_is_right_each_time(sign_in, show):
    for _ in range(3):
        sign_in()
        response = show("000000")
    assert response.status_code == 429
    assert "Wait 2 seconds" in response.text
    assert show().status_code == 429


def test_the_tenth_locks_it(sign_in, show, clock):
    for _ in range(10):
        clock.move(minutes=4)
        sign_in()
        response = show("000000")
    assert "Signing in is locked; try again in 15 minutes." in response.text


def test_whoever_guesses_knows_the_password_and_the_agent_is_told_once(sign_in, show, clock):
    for _ in range(12):
        clock.move(minutes=4)
        sign_in()
        assert "Somebody" not in show("000000").text
    [mail] = Delivery.objects.filter(to="alice@acme.example", key__startswith="second_step_locked")
    assert "with your password and then failed ten times" in mail.content["text"]


def test_nine_failures_are_not_worth_a_mail(sign_in, show, clock):
    for _ in range(9):
        clock.move(minutes=4)
        sign_in()
        show("000000")
    assert not Delivery.objects.filter(key__startswith="second_step_locked").exists()


def test_who_does_not_know_the_password_never_learns_of_it(acme, bob, app, sign_in):
    """Alice has a second step and Bob has none."""
    answers = {
        sign_in(agent_id=who, password="wrong 123").text.replace(f'value="{who}"', "").split("csrf")[0]
        for who in ("alice", "bob", "nobody")
    }
    assert len(answers) == 1


def test_remembering_outlives_the_second_step(sign_in, show):
    sign_in(remember_me="on")
    cookie = show().cookies["parley_session"]
    assert cookie["max-age"] > datetime.timedelta(days=29).total_seconds()


def test_without_it_the_session_ends_with_the_browser(sign_in, show):
    sign_in()
    assert show().cookies["parley_session"]["max-age"] == ""


def test_what_waits_in_one_company_is_nothing_in_another(acme, globex, mallory, app, sign_in, browser):
    """Mallory has Alice's id; her own password leads nowhere near Alice's second step."""
    sign_in(company_id=globex.company_id, agent_id="mallory")
    assert browser.get(STEP)["Location"].startswith("/sign-in/")


def test_the_sign_in_is_noted_with_place_and_device(acme, browser, app, clock):
    typed = {"company_id": acme.company_id, "agent_id": "alice", "password": PASSWORD}
    browser.post("/sign-in/", typed)
    browser.post(STEP, {"code": app.at(clock.now)}, REMOTE_ADDR="192.0.2.7", headers={"user-agent": "Fox/1"})
    with acme.entered():
        noted = SignIn.objects.get()
    assert (noted.address, noted.user_agent, noted.method) == ("192.0.2.7", "Fox/1", "totp")


def test_without_the_forms_secret_nothing_happens(acme, app, clock):
    browser = Browser(enforce_csrf_checks=True)
    assert browser.post(STEP, {"code": app.at(clock.now)}).status_code == 403
