"""ACC-14: every limit, how much of it is used and what happens there, shown to who may see it; and said beforehand."""

import datetime

import pytest
from django.utils import formats, timezone

from accounts import plan_words
from accounts.models import Agent, AuditEntry
from accounts.testing import Browser
from companies.models import Company
from companies.models.company import GRACE
from companies.services import plans
from companies.testing import make_plan, put_on

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def address(acme):
    return f"/c/{acme.company_id}/settings/plan/"


@pytest.fixture
def alices(acme, alice):
    return Browser().enter(acme, alice)


def test_each_limit_stands_there_with_what_is_used_of_it(acme, alices, address):
    put_on(acme, seats=4, conversations=10, storage_bytes=5 * 1024**2, retention_days=1095)
    page = alices.get(address).text
    assert '<h2 class="section-title" id="plan-title">Small</h2>' in page
    for words in ("3 of 4 used", "0 of 10 used", "0\xa0bytes of 5.0\xa0MB used", "1,095 days"):
        assert words in page


def test_it_says_what_happens_at_each_limit(acme, alices, address):
    put_on(acme, seats=3, conversations=10)
    page = alices.get(address).text
    assert "The limit is reached." in page
    assert "nobody can be added or enabled" in page
    assert "visitors wait in line until one ends" in page


def test_without_a_limit_it_says_so(acme, alices, address):
    put_on(acme)
    assert "3 used, without a limit" in alices.get(address).text


def test_it_shows_when_a_trial_ends_in_the_companys_time(acme, alices, address):
    end = datetime.datetime(2099, 3, 1, 23, 30, tzinfo=datetime.UTC)
    Company.objects.filter(pk=acme.pk).update(trial_ends_at=end, time_zone="Asia/Shanghai")
    page = alices.get(address).text
    assert "Trial ends" in page
    assert "2 March 2099, 7:30 AM" in page


def test_plans_on_offer_are_shown_and_no_others(acme, alices, address):
    make_plan(name="Secret", is_public=False)
    page = alices.get(address).text
    assert "Standard" in page
    assert "Secret" not in page
    assert "Trial" not in page


@pytest.mark.parametrize(
    ("support", "shown"),
    [
        ("help@parley.example", 'href="mailto:help@parley.example"'),
        ("https://parley.example/help", 'href="https://parley.example/help"'),
        ("Call 010 1234 5678", "Get in touch: Call 010 1234 5678"),
        ("javascript:alert(1)", "Get in touch: javascript:alert(1)"),
        ("", "Get in touch with whoever runs this installation."),
    ],
)
def test_it_says_whom_to_ask_for_more(alices, address, settings, support, shown):
    settings.SUPPORT = support
    assert shown in alices.get(address).text


def test_it_speaks_chinese(acme, alice, address):
    put_on(acme, seats=3)
    with acme.entered():
        Agent.objects.filter(pk=alice.pk).update(language="zh-hans")
    page = Browser().enter(acme, alice).get(address).text
    assert "小型版" in page
    assert "已用 3，上限 3" in page


def test_who_may_not_edit_the_company_does_not_see_it(acme, bob, address):
    assert Browser().enter(acme, bob).get(address).status_code == 403


def test_another_company_does_not_see_it(globex, mallory, address):
    assert Browser().enter(globex, mallory).get(address)["Location"].startswith("/sign-in/")


def test_what_the_operator_changes_stands_in_the_companys_audit_log(acme, globex):
    plans.suspend(acme, reason="Unpaid")
    with acme.entered():
        entry = AuditEntry.objects.get(action="company.suspended")
        assert entry.note == "Unpaid"
        assert entry.changes["suspension_reason"] == ["", "Unpaid"]
    with globex.entered():
        assert not AuditEntry.objects.filter(action="company.suspended").exists()


# What every page says


def warning(company, agent):
    company.refresh_from_db()
    return plan_words.warning(company, agent)


def test_from_four_fifths_on_each_page_says_so_to_who_can_act(acme, alice, bob, alices):
    put_on(acme, seats=4)
    assert warning(acme, alice) == ""
    put_on_three(acme)
    assert warning(acme, alice) == "Seats: 3 of 3"
    assert warning(acme, bob) == ""
    page = alices.get(f"/c/{acme.company_id}/workspace/").text
    assert f'class="plan-warning" href="/c/{acme.company_id}/settings/plan/"' in page
    assert "Seats: 3 of 3" in page


def put_on_three(company):
    plans.set_limits(company, seats=3, conversations=None, storage_bytes=None, retention_days=None)


def test_of_several_the_one_that_is_fuller_is_named(acme, alice):
    put_on(acme, seats=3, conversations=0)
    assert warning(acme, alice) in {"Seats: 3 of 3", "Conversations at a time: 0 of 0"}
    put_on_three(acme)


@pytest.fixture
def in_grace(acme):
    """Paid until noon yesterday."""
    over = timezone.now().replace(hour=12, minute=0, second=0) - DAY
    Company.objects.filter(pk=acme.pk).update(paid_until=over)
    return over


def told(day, pattern):
    return formats.date_format(day, pattern)


def test_in_the_days_of_grace_a_banner_says_until_when(acme, alices, in_grace):
    words = (
        f"The paid period ended on {told(in_grace, 'SHORT_DATE_FORMAT')}. Everything keeps working until "
        f"{told(in_grace + GRACE, 'SHORT_DATETIME_FORMAT')}; after that Acme is closed."
    )
    for place in ("workspace/", "settings/me/", "settings/plan/"):
        page = alices.get(f"/c/{acme.company_id}/{place}").text
        assert words in page
        # It is said once.
        assert "plan-warning" not in page


def test_who_cannot_act_on_it_sees_no_banner(acme, bob, in_grace):
    page = Browser().enter(acme, bob).get(f"/c/{acme.company_id}/workspace/")
    assert page.status_code == 200
    assert 'class="grace"' not in page.text


def test_the_workspace_that_is_kept_gets_the_banner_and_loses_it(acme, alices):
    workspace = f"/c/{acme.company_id}/workspace/"
    assert 'class="grace"' not in alices.get(workspace).text
    Company.objects.filter(pk=acme.pk).update(paid_until=timezone.now() - DAY)
    assert 'class="grace"' in alices.get(workspace).text
    acme.refresh_from_db()
    plans.set_paid_until(acme, timezone.now() + 300 * DAY)
    assert 'class="grace"' not in alices.get(workspace).text


def test_the_banner_speaks_chinese(acme, alice, in_grace):
    with acme.entered():
        Agent.objects.filter(pk=alice.pk).update(language="zh-hans")
    assert "服务有效期已于" in Browser().enter(acme, alice).get(f"/c/{acme.company_id}/workspace/").text


def test_the_page_says_until_when_it_is_paid_and_open(acme, alices, address):
    Company.objects.filter(pk=acme.pk).update(
        paid_until=datetime.datetime(2099, 3, 1, 12, tzinfo=datetime.UTC)
    )
    page = alices.get(address).text
    assert "1 March 2099, 12:00 PM" in page
    assert "8 March 2099, 12:00 PM" in page
    assert "everything keeps working for 7 days" in page


@pytest.mark.parametrize(
    ("field", "days", "shown"),
    [
        ("trial_ends_at", 6, ""),
        ("trial_ends_at", 4, "The trial ends on "),
        ("paid_until", 15, ""),
        ("paid_until", 13, "Paid until "),
    ],
)
def test_an_end_is_spoken_of_some_days_before(acme, alice, field, days, shown):
    end = timezone.now() + days * DAY
    Company.objects.filter(pk=acme.pk).update(**{field: end})
    said = warning(acme, alice)
    assert said.startswith(shown)
    assert bool(said) == bool(shown)


def test_the_workspace_that_is_kept_says_it_as_soon_as_it_holds(acme, alices):
    workspace = f"/c/{acme.company_id}/workspace/"
    assert "plan-warning" not in alices.get(workspace).text
    put_on_three(acme)
    assert "Seats: 3 of 3" in alices.get(workspace).text
    plans.set_limits(acme, seats=30, conversations=None, storage_bytes=None, retention_days=None)
    assert "plan-warning" not in alices.get(workspace).text


def test_the_status_bar_says_plan_billing_and_when_it_ends(acme, alices):
    put_on(acme, billing="prepaid")
    end = datetime.datetime(2099, 3, 1, 12, tzinfo=datetime.UTC)
    workspace = f"/c/{acme.company_id}/workspace/"
    assert '"plan": ["Small", "paid in advance"]' in alices.get(workspace).text
    Company.objects.filter(pk=acme.pk).update(paid_until=end)
    assert '"plan": ["Small", "paid in advance", "Paid until 1 Mar 2099"]' in alices.get(workspace).text
