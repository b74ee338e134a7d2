import datetime

import pytest
from django.core import mail

from accounts import errors
from accounts.services import confirmations
from accounts.testing import Browser
from companies.models import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(acme, alice, browser) -> str:
    browser.enter(acme, alice)
    return f"/c/{acme.company_id}/"


@pytest.fixture
def overdue(acme) -> Company:
    acme.created_at -= datetime.timedelta(days=7, minutes=1)
    acme.save()
    return acme


def test_the_link_confirms(acme, browser):
    response = browser.get(f"/confirm/{confirmations.token_of(acme)}/")
    assert "Acme is confirmed." in response.text
    acme.refresh_from_db()
    assert acme.is_confirmed


def test_the_link_may_be_opened_again(acme, clock, browser):
    confirmations.confirm(confirmations.token_of(acme))
    first = Company.objects.get(pk=acme.pk).confirmed_at
    clock.move(days=1)
    assert browser.get(f"/confirm/{confirmations.token_of(acme)}/").status_code == 200
    assert Company.objects.get(pk=acme.pk).confirmed_at == first


def test_the_link_of_one_company_confirms_no_other(acme, globex):
    confirmations.confirm(confirmations.token_of(acme))
    assert not Company.objects.get(pk=globex.pk).is_confirmed


def test_after_seven_days_the_link_says_so(acme, clock, browser):
    token = confirmations.token_of(acme)
    clock.move(days=7, seconds=1)
    response = browser.get(f"/confirm/{token}/")
    assert response.status_code == 410
    assert "This link is older than seven days." in response.text
    assert not Company.objects.get(pk=acme.pk).is_confirmed


@pytest.mark.parametrize("token", ["x", "a:b:c", "WzEwMDAwMDAwXQ:1abc:forged"])
def test_a_forged_link_is_refused(browser, token):
    assert "This link is not complete." in browser.get(f"/confirm/{token}/").text


def test_a_link_to_an_address_given_up_since_is_refused(acme):
    token = confirmations.token_of(acme)
    Company.objects.filter(pk=acme.pk).update(email="new@acme.example")
    with pytest.raises(errors.LinkInvalid):
        confirmations.confirm(token)


def test_unconfirmed_a_company_works_for_seven_days(acme, browser, inside):
    acme.created_at -= datetime.timedelta(days=6, hours=23)
    acme.save()
    assert browser.get(f"{inside}workspace/").status_code == 200


@pytest.mark.parametrize("page", ["workspace/", "welcome/", "settings/snippet/"])
def test_after_that_each_page_leads_to_send_again(overdue, browser, inside, page):
    response = browser.get(inside + page, follow=True)
    assert response.redirect_chain == [(f"{inside}unconfirmed/", 302)]
    assert "Send again" in response.text
    assert "alice@acme.example is not confirmed yet" in response.text


def test_after_that_programs_are_told_so(overdue, browser, inside):
    response = browser.get(f"{inside}socket-token/")
    assert response.status_code == 403
    assert response.json()["code"] == "not_confirmed"


def test_after_that_one_can_sign_in_and_out(overdue, sign_in, browser):
    assert sign_in().status_code == 302
    assert browser.post(f"/c/{overdue.company_id}/sign-out/").status_code == 302


def test_confirmed_late_all_is_back(overdue, browser, inside):
    confirmations.confirm(confirmations.token_of(overdue))
    assert browser.get(f"{inside}workspace/").status_code == 200
    assert browser.get(f"{inside}unconfirmed/")["Location"] == f"{inside}workspace/"


def test_strangers_do_not_learn_that_a_company_is_overdue(overdue):
    response = Browser().get(f"/c/{overdue.company_id}/workspace/")
    assert response["Location"].startswith("/sign-in/?")


def test_send_again_sends_a_fresh_link(overdue, clock, browser, inside, commit):
    clock.move(hours=1)
    with commit():
        response = browser.post(f"{inside}send-again/", follow=True)
    assert "The mail is on its way to alice@acme.example." in response.text
    assert "/confirm/" in mail.outbox[0].body


def test_send_again_waits_a_minute_and_then_twice_as_long(acme, clock):
    acme.deliveries.all().delete()
    confirmations.send_again(acme, agent_id="alice")
    clock.move(seconds=50)
    with pytest.raises(errors.SentJustNow, match="wait 10 seconds"):
        confirmations.send_again(acme, agent_id="alice")
    clock.move(seconds=10)
    confirmations.send_again(acme, agent_id="alice")
    clock.move(seconds=10)
    with pytest.raises(errors.SentJustNow, match="wait 110 seconds"):
        confirmations.send_again(acme, agent_id="alice")


def test_impatience_is_told_on_the_page(overdue, clock, browser, inside):
    clock.move(hours=1)
    browser.post(f"{inside}send-again/")
    assert "A mail was sent a moment ago." in browser.post(f"{inside}send-again/", follow=True).text


def test_nothing_is_sent_again_once_confirmed(acme, clock):
    confirmations.confirm(confirmations.token_of(acme))
    clock.move(hours=1)
    with pytest.raises(errors.AlreadyConfirmed):
        confirmations.send_again(acme, agent_id="alice")


def test_outsiders_cannot_send_again(acme, globex, mallory):
    browser = Browser().enter(globex, mallory)
    before = acme.deliveries.count()
    response = browser.post(f"/c/{acme.company_id}/send-again/")
    assert response["Location"].startswith("/sign-in/")
    assert acme.deliveries.count() == before
