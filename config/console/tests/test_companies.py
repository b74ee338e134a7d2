"""Companies in the operator's console."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agent, AuditEntry
from accounts.testing import PASSWORD, Browser
from companies.models import Company, Plan, Suggestion
from config import readiness

pytestmark = [pytest.mark.django_db]


def deed(company, name):
    return reverse(f"admin:company-{name}", args=[company.pk])


def company_log(company):
    with company.entered():
        return list(AuditEntry.objects.order_by("id").values_list("action", "by_kind", "by_name"))


def test_the_list_finds_by_name_and_number(console, acme, globex):
    for words in ("Acm", str(acme.company_id)):
        page = console.get("/operator/companies/company/", {"q": words})
        assert "Acme" in page.text
        assert "Globex" not in page.text


@pytest.mark.parametrize(
    ("state", "change"),
    [
        ("suspended", {"suspended_at": timezone.now(), "suspension_reason": "late"}),
        ("over", {"trial_ends_at": timezone.now() - datetime.timedelta(days=1)}),
        ("unconfirmed", {"confirmed_at": None}),
    ],
)
def test_the_list_filters_by_state(state, change, console, acme, globex):
    Company.objects.update(confirmed_at=timezone.now(), trial_ends_at=None, paid_until=None)
    Company.objects.filter(pk=acme.pk).update(**change)
    page = console.get("/operator/companies/company/", {"state": state})
    assert "Acme" in page.text
    assert "Globex" not in page.text


def test_the_list_filters_by_plan_and_by_what_is_behind(console, acme, globex):
    own = Plan.objects.create(code="own", name="Own")
    Company.objects.filter(pk=acme.pk).update(plan=own)
    assert "Globex" not in console.get("/operator/companies/company/", {"plan__id__exact": own.pk}).text
    assert "Acme" not in console.get("/operator/companies/company/", {"behind": "1"}).text


def test_a_companys_page_says_what_it_uses_and_how_it_is(console, acme):
    page = console.get(f"/operator/companies/company/{acme.pk}/change/")
    assert page.status_code == 200
    assert "3 of" in page.text or "3, without a limit" in page.text
    assert "up to date" in page.text


def test_a_companys_language_is_called_by_its_name(console, acme):
    Company.objects.filter(pk=acme.pk).update(language="zh-hans")
    page = console.get(f"/operator/companies/company/{acme.pk}/change/").text
    assert "Simplified Chinese" in page
    assert "zh-hans" not in page.partition("<main")[2].partition("</main>")[0]


def test_a_company_is_opened_for_somebody_else(console, commit):
    typed = {
        "company_name": "Initech", "name": "Peter", "agent_id": "peter", "email": "peter@initech.example",
        "password": PASSWORD, "language": "en", "time_zone": "UTC",
    }  # fmt: skip
    response = console.post("/operator/companies/company/add/", typed)
    assert response.status_code == 302
    company = Company.objects.get(name="Initech")
    with company.entered():
        assert Agent.objects.get().check_password(PASSWORD)
    assert ("company.opened", "operator", "Olga") in company_log(company)


def test_a_form_that_lacks_something_says_what(console, db):
    before = Company.objects.count()
    page = console.post(
        "/operator/companies/company/add/", {"company_name": "Initech", "password": "12345678"}
    )
    assert page.status_code == 200
    assert "This field is required." in page.text
    assert Company.objects.count() == before


def test_suspended_with_a_reason_and_resumed(console, acme):
    assert console.post(deed(acme, "suspend"), {"reason": ""}).status_code == 200
    assert console.post(deed(acme, "suspend"), {"reason": "unpaid since May"}).status_code == 302
    acme.refresh_from_db()
    assert acme.suspension_reason == "unpaid since May"
    assert ("company.suspended", "operator", "Olga") in company_log(acme)
    console.post(deed(acme, "resume"))
    acme.refresh_from_db()
    assert acme.suspended_at is None


def test_another_plan_and_limits_of_its_own(console, acme):
    own = Plan.objects.create(code="own", name="Own")
    console.post(deed(acme, "plan"), {"plan": own.pk, "paid_until": "2099-12-31"})
    console.post(deed(acme, "limits"), {"seats": "7"})
    acme.refresh_from_db()
    assert acme.plan == own
    assert acme.paid_until.date() == datetime.date(2099, 12, 31)
    assert (acme.own_seats, acme.own_conversations) == (7, None)


def test_what_is_paid_is_noted_without_another_plan(console, acme):
    since = acme.plan_since
    console.post(deed(acme, "paid"), {"paid_until": "2099-12-31"})
    acme.refresh_from_db()
    assert acme.paid_until.date() == datetime.date(2099, 12, 31)
    assert acme.plan_since == since
    assert ("company.paid_until_changed", "operator", "Olga") in company_log(acme)


def test_what_is_paid_until_a_day_that_is_over_is_refused(console, acme):
    for name, typed in (("paid", {}), ("plan", {"plan": acme.plan_id})):
        page = console.post(deed(acme, name), {**typed, "paid_until": "2001-01-01"})
        assert page.status_code == 200
        assert "To close the company at once, suspend it" in page.text
    acme.refresh_from_db()
    assert acme.paid_until is None


@pytest.mark.parametrize(
    ("name", "field"), [("paid", "paid_until"), ("plan", "paid_until"), ("trial", "until")]
)
def test_a_day_that_stands_for_ever_is_refused(console, acme, name, field):
    """Seven days after the last one there is, or that day in China, no clock can tell."""
    if name == "trial":
        Company.objects.filter(pk=acme.pk).update(trial_ends_at=timezone.now())
    page = console.post(deed(acme, name), {"plan": acme.plan_id, field: "9999-12-31"})
    assert page.status_code == 200
    assert "before the year 3000" in page.text
    acme.refresh_from_db()
    assert acme.paid_until is None


def test_a_company_that_is_not_paid_and_still_open_is_told_apart(console, acme):
    Company.objects.filter(pk=acme.pk).update(paid_until=datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC))
    listed = "/operator/companies/company/"
    assert "Acme" in console.get(listed, {"state": "over"}).text
    assert "Acme" not in console.get(listed, {"state": "grace"}).text
    Company.objects.filter(pk=acme.pk).update(paid_until=timezone.now() - datetime.timedelta(days=1))
    assert "Acme" not in console.get(listed, {"state": "over"}).text
    assert "not paid, open until " in console.get(listed, {"state": "grace"}).text


def test_a_trial_is_extended_but_not_into_the_past(console, acme):
    Company.objects.filter(pk=acme.pk).update(trial_ends_at=timezone.now())
    assert console.post(deed(acme, "trial"), {"until": "2001-01-01"}).status_code == 200
    console.post(deed(acme, "trial"), {"until": "2099-12-31"})
    acme.refresh_from_db()
    assert acme.trial_ends_at.year == 2099


def test_deletion_is_not_offered(console, acme):
    place = f"/operator/companies/company/{acme.pk}/delete/"
    assert console.get(place).status_code == 403
    assert console.post(place, {"post": "yes"}).status_code == 403
    assert Company.objects.filter(pk=acme.pk).exists()


def test_what_is_shown_is_not_saved(console, acme):
    place = f"/operator/companies/company/{acme.pk}/change/"
    console.post(place, {"name": "Changed", "own_seats": "1"})
    acme.refresh_from_db()
    assert acme.name == "Acme"


@pytest.mark.parametrize("name", ["plan", "paid", "limits", "trial", "suspend", "resume", "enter"])
def test_a_deed_is_for_operators_only(name, acme, alice):
    for browser in (Browser(), Browser().enter(acme, alice)):
        for answer in (browser.get(deed(acme, name)), browser.post(deed(acme, name), {"reason": "x"})):
            assert answer.status_code == 302
            assert answer["Location"].startswith("/operator/sign-in/")
    acme.refresh_from_db()
    assert acme.suspended_at is None


def test_no_row_of_a_company_has_a_page_in_the_console(console, acme):
    for place in ("chat/conversation/", "widgets/visitor/", "accounts/agent/", "accounts/notice/"):
        assert console.get(f"/operator/{place}").status_code == 404


def test_plans_are_added_and_changed(console, db):
    typed = {"code": "big", "name": "Big", "seats": "100", "billing": "invoice"}
    assert console.post("/operator/companies/plan/add/", typed).status_code == 302
    plan = Plan.objects.get(code="big")
    place = f"/operator/companies/plan/{plan.pk}/change/"
    assert console.post(place, {**typed, "seats": "200"}).status_code == 302
    plan.refresh_from_db()
    assert plan.seats == 200
    assert AuditEntry.objects.filter(action="plan.changed").get().changes["seats"] == [100, 200]


def test_a_plans_name_is_its_own(console, db):
    Plan.objects.create(code="own", name="Own")
    page = console.post("/operator/companies/plan/add/", {"code": "other", "name": "own", "billing": "free"})
    assert "Another plan has this name" in page.text


def test_one_plan_is_what_new_companies_begin_with(console, db):
    first = Plan.objects.get(is_default=True)
    typed = {"code": "next", "name": "Next", "billing": "free", "is_default": "on"}
    console.post("/operator/companies/plan/add/", typed)
    assert Plan.objects.get(is_default=True).code == "next"
    page = console.post(
        f"/operator/companies/plan/{Plan.objects.get(code='next').pk}/change/",
        {"name": "Next", "billing": "free"},
    )
    assert "Choose another one for that" in page.text
    assert not Plan.objects.get(pk=first.pk).is_default


def test_operators_are_added_and_disabled_but_not_the_last_one(console, olga):
    typed = {"agent_id": "otto", "name": "Otto", "email": "otto@parley.example", "password": PASSWORD}
    assert console.post("/operator/console/operator/add/", typed).status_code == 302
    otto = Agent.objects.get(agent_id="otto")
    place = "/operator/console/operator/{}/change/"
    console.post(place.format(otto.pk), {"name": "Otto", "email": "otto@parley.example"})
    otto.refresh_from_db()
    assert not otto.is_active
    page = console.post(place.format(olga.pk), {"name": "Olga", "email": "olga@parley.example"})
    assert "This is the last operator who can sign in." in page.text
    olga.refresh_from_db()
    assert olga.is_active


def test_health_says_what_needs_a_look(console, db, monkeypatch):
    # Asking the stores gives this thread's connection back, and with it the test's transaction.
    monkeypatch.setattr(readiness, "missing", list)
    page = console.get("/operator/health/")
    assert page.status_code == 200
    assert "All companies’ schemas are up to date." in page.text


@pytest.mark.parametrize(
    "place",
    ["companies/company/", "companies/plan/", "companies/operatorvisit/", "companies/schemaupdate/",
     "console/operator/", "accounts/auditentry/", "companies/company/add/", "console/operator/add/"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_of_the_console_is_there_in_both_languages(place, language, console, acme):
    Agent.objects.update(language=language)
    assert console.get(f"/operator/{place}").status_code == 200


@pytest.fixture
def suggestion(acme, bob):
    return Suggestion.objects.create(
        company=acme, agent_pk=bob.pk, agent_name="Bob", kind="question", text="Why blue?", language="en"
    )


def test_a_suggestion_is_answered_by_name(console, suggestion):
    assert "Why blue?" in console.get("/operator/companies/suggestion/", {"answered": "0"}).text
    place = f"/operator/companies/suggestion/{suggestion.pk}/change/"
    assert console.post(place, {"answer": "  "}).status_code == 200
    assert console.post(place, {"answer": "It is calm.", "text": "Changed"}).status_code == 302
    suggestion.refresh_from_db()
    assert (suggestion.answer, suggestion.answered_by, suggestion.text) == (
        "It is calm.",
        "Olga",
        "Why blue?",
    )
    console.get("/operator/")  # says that it was saved, and names it
    assert "Why blue?" not in console.get("/operator/companies/suggestion/", {"answered": "0"}).text


def test_suggestions_are_neither_added_nor_deleted(console, suggestion):
    assert console.get("/operator/companies/suggestion/add/").status_code == 403
    place = f"/operator/companies/suggestion/{suggestion.pk}/delete/"
    assert console.post(place, {"post": "yes"}).status_code == 403
