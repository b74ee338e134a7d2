"""ACC-14: which plan a company has, until when, and whether it is suspended."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from companies import errors, signals
from companies.models import Alarm, Company, Plan
from companies.models.company import GRACE, Why
from companies.services import alarms, companies, plans
from companies.testing import make_plan
from core.tenancy import context

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def told():
    """What was announced of whom, and in which schema one was then."""
    heard = []
    receivers = []
    for name in ("company_closed", "company_reopened", "plan_changed"):

        def hear(company, name=name, **facts):
            heard.append((name, company.name, context.schema()))

        receivers.append((getattr(signals, name), hear))
        getattr(signals, name).connect(hear, weak=False)
    yield heard
    for signal, hear in receivers:
        signal.disconnect(hear)


def names(told):
    return [name for name, _, _ in told]


def new_company():
    return companies.create(name="Initech", email="bill@initech.example", language="en", time_zone="UTC")


def as_stored(company):
    return Company.objects.get(pk=company.pk)


def test_there_are_plans_to_begin_with_and_to_go_on_with():
    assert [plan.code for plan in Plan.objects.on_offer().order_by("pk")] == [
        "free", "standard", "professional",
    ]  # fmt: skip
    assert Plan.objects.get(is_default=True).code == "trial"


def test_a_new_company_tries_everything_for_fourteen_days():
    company = as_stored(new_company())
    assert company.plan.code == "trial"
    assert company.trial_ends_at - company.plan_since == 14 * DAY
    assert company.is_usable
    assert company.next_end == (Why.TRIAL_OVER, company.trial_ends_at)


def test_with_a_default_plan_without_a_trial_there_is_no_end():
    Plan.objects.update(trial_days=None)
    company = as_stored(new_company())
    assert company.trial_ends_at is None
    assert not Alarm.objects.filter(company=company).exists()


def test_when_the_trial_is_over_the_company_is_closed_by_its_alarm(told):
    company = new_company()
    company.trial_ends_at = timezone.now()
    company.save()
    Alarm.objects.filter(company=company).update(due_at=timezone.now())
    alarms.ring_due()
    assert told == [("company_closed", "Initech", company.schema_name)]
    assert not Alarm.objects.filter(company=company).exists()
    assert as_stored(company).closure == (Why.TRIAL_OVER, company.trial_ends_at)
    assert not as_stored(company).is_usable


def test_an_alarm_that_comes_early_looks_again_at_the_end(told):
    company = new_company()
    Alarm.objects.filter(company=company).update(due_at=timezone.now())
    alarms.ring_due()
    assert told == []
    assert Alarm.objects.get(company=company).due_at == company.trial_ends_at


def test_a_trial_that_is_over_can_be_extended_and_all_is_back(told):
    company = new_company()
    Company.objects.filter(pk=company.pk).update(trial_ends_at=timezone.now() - DAY)
    Alarm.objects.filter(company=company).delete()
    until = timezone.now() + DAY
    plans.extend_trial(company, until=until)
    assert names(told) == ["plan_changed", "company_reopened"]
    assert as_stored(company).is_usable
    assert Alarm.objects.get(company=company).due_at == until


def test_a_trial_ends_in_the_future(acme):
    with pytest.raises(errors.NotInFuture):
        plans.extend_trial(acme, until=timezone.now())


def test_another_plan_ends_the_trial(told):
    company, standard = new_company(), Plan.objects.get(code="standard")
    changed = plans.change(company, to=standard)
    assert (changed.plan, changed.trial_ends_at) == (standard, None)
    assert (company.plan, company.trial_ends_at) == (standard, None)
    assert as_stored(company).plan == standard
    assert names(told) == ["plan_changed"]


def pay(company, until):
    """The clock has come to where it was paid until then."""
    Company.objects.filter(pk=company.pk).update(paid_until=until)


def test_what_is_paid_ends_too_some_days_later(told, acme):
    plans.set_paid_until(acme, timezone.now() + DAY)
    assert Alarm.objects.get(company=acme).due_at == acme.paid_until + GRACE
    pay(acme, timezone.now() - GRACE)
    Alarm.objects.filter(company=acme).update(due_at=timezone.now())
    alarms.ring_due()
    assert as_stored(acme).closure == (Why.UNPAID, as_stored(acme).paid_until + GRACE)
    plans.set_paid_until(acme, None)
    assert as_stored(acme).is_usable
    assert names(told) == ["plan_changed", "company_closed", "plan_changed", "company_reopened"]


def test_in_the_days_of_grace_everything_goes_on(told, acme):
    plans.set_paid_until(acme, timezone.now() + DAY)
    pay(acme, timezone.now() - GRACE + DAY)
    Alarm.objects.filter(company=acme).update(due_at=timezone.now())
    alarms.ring_due()
    stored = as_stored(acme)
    assert (stored.is_usable, stored.is_in_grace) == (True, True)
    assert names(told) == ["plan_changed"]
    assert Alarm.objects.get(company=acme).due_at == stored.paid_until + GRACE


def test_there_is_no_grace_before_the_end_nor_when_it_is_closed(acme):
    assert not acme.is_in_grace
    plans.set_paid_until(acme, timezone.now() + DAY)
    assert not as_stored(acme).is_in_grace
    pay(acme, timezone.now() - DAY)
    plans.suspend(acme, reason="Abuse")
    assert not as_stored(acme).is_in_grace


def test_a_trial_has_no_grace(acme):
    Company.objects.filter(pk=acme.pk).update(trial_ends_at=timezone.now())
    assert as_stored(acme).closure.why is Why.TRIAL_OVER


@pytest.mark.parametrize(
    "deed",
    [
        plans.set_paid_until,
        lambda company, over: plans.change(company, to=Plan.objects.get(code="standard"), paid_until=over),
    ],
)
def test_nothing_is_paid_until_a_day_that_is_over(deed, told, acme):
    with pytest.raises(errors.PaidUntilOver):
        deed(acme, timezone.now() - DAY)
    assert as_stored(acme).paid_until is None
    assert told == []


def test_another_plan_in_the_days_of_grace_leaves_them_as_they_are(acme):
    over = timezone.now() - DAY
    pay(acme, over)
    plans.change(as_stored(acme), to=Plan.objects.get(code="standard"), paid_until=over)
    assert as_stored(acme).is_in_grace


def test_suspended_it_is_closed_with_the_reason_until_it_is_resumed(told, acme):
    plans.suspend(acme, reason=" Unpaid since May. ")
    stored = as_stored(acme)
    assert stored.closure == (Why.SUSPENDED, stored.suspended_at)
    assert stored.suspension_reason == "Unpaid since May."
    assert not stored.is_usable
    plans.resume(acme)
    assert as_stored(acme).is_usable
    assert told == [
        (name, "Acme", acme.schema_name)
        for name in ("plan_changed", "company_closed", "plan_changed", "company_reopened")
    ]


def test_suspended_again_it_has_another_reason_and_the_same_beginning(told, acme):
    since = plans.suspend(acme, reason="Unpaid").suspended_at
    again = plans.suspend(acme, reason="Abuse")
    assert (again.suspended_at, again.suspension_reason) == (since, "Abuse")
    assert names(told).count("company_closed") == 1


def test_nothing_is_told_where_nothing_is_changed(told, acme):
    plans.resume(acme)
    plans.set_limits(acme, seats=None, conversations=None, storage_bytes=None, retention_days=None)
    assert told == []


def test_nobody_is_suspended_without_a_reason(told, acme):
    with pytest.raises(errors.ReasonMissing):
        plans.suspend(acme, reason="  ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Company.objects.filter(pk=acme.pk).update(suspended_at=timezone.now())
    assert told == []


def test_a_suspension_outweighs_what_is_paid(acme):
    pay(acme, timezone.now() - 2 * GRACE)
    plans.suspend(acme, reason="Abuse")
    assert as_stored(acme).closure.why is Why.SUSPENDED


def test_another_company_hears_nothing(told, acme, globex):
    plans.suspend(acme, reason="Unpaid")
    assert as_stored(globex).is_usable
    assert {schema for _, _, schema in told} == {acme.schema_name}


def test_a_company_without_a_plan_is_not_limited(acme):
    Company.objects.filter(pk=acme.pk).update(plan=None)
    assert as_stored(acme).allows("export")


def test_a_plan_says_which_functions_it_includes(acme):
    plans.change(acme, to=Plan.objects.get(code="standard"))
    assert [acme.allows(name) for name in ("export", "callback")] == [True, False]


def test_there_is_one_default_plan():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_plan(is_default=True)


@pytest.mark.parametrize(("language", "name"), [("en", "Trial"), ("zh-hans", "试用版"), (None, "Trial")])
def test_a_plan_is_named_in_the_readers_language(language, name):
    from django.utils import translation

    with translation.override(language):
        assert str(Plan.objects.get(code="trial")) == name
