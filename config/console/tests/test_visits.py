"""An operator inside a company: why, for how long, and looking only."""

import datetime

import pytest
from django.urls import reverse

from accounts import errors
from accounts.models import AuditEntry
from accounts.services import operator_visits, operators
from accounts.testing import PASSWORD, Browser
from chat.models import OfflineMessage
from companies.models import OperatorVisit
from companies.services import plans
from config.tests.acme import fingerprint, make_belongings

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def things(acme):
    return make_belongings(acme)


@pytest.fixture
def address(acme):
    return f"/c/{acme.company_id}/admin/"


def enter(console, company, reason="Ticket 7", minutes=30):
    typed = {"reason": reason, "minutes": minutes}
    return console.post(reverse("admin:company-enter", args=[company.pk]), typed)


def log(company):
    with company.entered():
        return list(
            AuditEntry.objects.filter(by_kind="operator")
            .order_by("id")
            .values_list("action", "by_name", "note")
        )


def test_nobody_enters_without_a_reason(console, acme, address):
    for reason in ("", "   "):
        assert enter(console, acme, reason).status_code == 200
    assert not OperatorVisit.objects.exists()
    assert console.get(address)["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("minutes", [0, 241, 10_000])
def test_nobody_stays_for_longer_than_four_hours(console, acme, minutes):
    assert enter(console, acme, minutes=minutes).status_code == 200
    assert not OperatorVisit.objects.exists()


def test_a_visit_stands_in_the_companys_audit_log(console, acme, address):
    assert enter(console, acme)["Location"] == address
    assert log(acme) == [("operator.entered", "Olga", "Ticket 7")]
    console.post(f"{address}leave/")
    assert log(acme)[1:] == [("operator.left", "Olga", "Ticket 7")]


def test_the_operator_sees_the_records_and_a_banner_on_each_page(console, acme, address, things):
    enter(console, acme)
    for place in ("", "chat/conversation/", f"chat/conversation/{things.talk.pk}/change/", "accounts/agent/"):
        page = console.get(f"{address}{place}")
        assert page.status_code == 200
        assert "You look into Acme as operator Olga" in page.text
        assert "Ticket 7" in page.text
    assert "acme-secret talk" in console.get(f"{address}chat/conversation/{things.talk.pk}/change/").text


def test_the_operator_changes_nothing(console, acme, address, things):
    enter(console, acme)
    before = fingerprint(acme)
    place = f"{address}chat/offlinemessage/{things.offline_message.pk}/change/"
    assert (
        'type="submit"' not in console.get(place).text.replace("console-banner", "").split("content-main")[-1]
    )
    assert console.post(place, {"is_read": "on"}).status_code == 403
    assert console.post(f"{address}logout/").status_code == 403
    assert fingerprint(acme) == before
    with acme.entered():
        assert OfflineMessage.objects.get().read_at is None


def test_the_visit_is_to_one_company(console, acme, globex, address, things):
    enter(console, globex)
    browser = Browser()
    browser.jar["parley_visit", "/"] = console.jar["parley_visit", f"/c/{globex.company_id}/"]
    assert browser.get(address)["Location"].startswith("/sign-in/")
    assert browser.get(f"/c/{globex.company_id}/admin/").status_code == 200


def test_it_ends_by_itself(console, acme, address, clock):
    enter(console, acme, minutes=30)
    clock.move(minutes=29)
    assert console.get(address).status_code == 200
    clock.move(minutes=2)
    assert console.get(address).status_code == 302


def test_it_ends_by_the_button(console, acme, address):
    enter(console, acme)
    company = reverse("admin:companies_company_change", args=[acme.pk])
    assert console.post(f"{address}leave/")["Location"] == company
    assert console.get(address).status_code == 302
    assert not OperatorVisit.objects.under_way().exists()


def test_a_cookie_that_was_kept_is_worth_nothing_after_the_end(console, acme, address):
    enter(console, acme)
    kept = console.jar["parley_visit", f"/c/{acme.company_id}/"]
    console.post(f"{address}leave/")
    browser = Browser()
    browser.jar["parley_visit", "/"] = kept
    assert browser.get(address).status_code == 302


def test_signing_out_of_the_console_ends_it(console, acme, address):
    enter(console, acme)
    console.post("/operator/logout/")
    assert console.get(address).status_code == 302
    assert [action for action, _, _ in log(acme)] == ["operator.entered", "operator.left"]


def test_disabling_the_operator_ends_it(console, olga, acme, address):
    operators.add(agent_id="otto", name="Otto", email="", password=PASSWORD)
    enter(console, acme)
    operators.set_active(olga, False)
    assert console.get(address).status_code == 302


def test_a_made_up_cookie_opens_nothing(acme, address, olga):
    visit = operator_visits.begin(acme, operator=olga, reason="Ticket 7")
    for token in ("1", str(visit.pk), operator_visits.token_of(visit)[:-1] + "x"):
        browser = Browser()
        browser.cookies["parley_visit"] = token
        browser.keep(browser.cookies["parley_visit"])
        browser.jar["parley_visit", "/"] = browser.cookies["parley_visit"]
        assert browser.get(address).status_code == 302


def test_a_new_visit_ends_the_one_before(console, acme, olga):
    enter(console, acme)
    enter(console, acme, "Ticket 8")
    assert [visit.reason for visit in OperatorVisit.objects.under_way()] == ["Ticket 8"]


def test_the_service_keeps_to_the_bounds_itself(acme, olga):
    for lasts in (datetime.timedelta(0), datetime.timedelta(hours=4, seconds=1)):
        with pytest.raises(errors.VisitTooLong):
            operator_visits.begin(acme, operator=olga, reason="Ticket", lasts=lasts)
    with pytest.raises(errors.VisitWithoutReason):
        operator_visits.begin(acme, operator=olga, reason=" \n")


def test_the_console_lists_visits(console, acme):
    enter(console, acme)
    page = console.get("/operator/companies/operatorvisit/")
    assert "Ticket 7" in page.text


def test_a_suspended_company_is_open_to_visits_and_closed_to_its_administrators(
    console, acme, alice, address
):
    plans.suspend(acme, reason="late")
    enter(console, acme)
    assert console.get(address).status_code == 200
    assert Browser().enter(acme, alice).get(address).status_code in {302, 403}


def test_with_another_password_it_is_over(console, olga, acme, address, things):
    """Whoever had the one before may be the one who looks around."""
    enter(console, acme)
    assert console.get(address).status_code == 200
    operators.change_password(olga, password="another battery staple")
    assert console.get(address)["Location"].startswith("/sign-in/")
    assert not OperatorVisit.objects.under_way().exists()
