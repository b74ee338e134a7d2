"""ACC-14: what a company may have of each thing, and what is left."""

import pytest

from companies import errors, limits
from companies.limits import Figure, Limit
from companies.models import Company, Plan
from companies.services import plans
from companies.testing import put_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(monkeypatch):
    """What two apps say that they keep, instead of what there is."""
    kept = {"pictures": 70, "logo": 10}
    counters = [lambda: kept["pictures"], lambda: kept["logo"]]
    monkeypatch.setitem(limits._counters, Limit.STORAGE, counters)
    return kept


@pytest.mark.parametrize(
    ("most", "used", "is_near", "is_met", "percent"),
    [
        (10, 7, False, False, 70),
        (10, 8, True, False, 80),
        (10, 10, True, True, 100),
        (10, 12, True, True, 100),
        (0, 0, True, True, 100),
        (None, 10_000, False, False, 0),
    ],
)
def test_a_limit_is_near_from_four_fifths_on(most, used, is_near, is_met, percent):
    figure = Figure(Limit.SEATS, most, used)
    assert (figure.is_near, figure.is_met, figure.percent) == (is_near, is_met, percent)


def test_a_companys_own_limit_outweighs_its_plan(acme):
    put_on(acme, seats=3, conversations=None)
    plans.set_limits(acme, seats=5, conversations=7, storage_bytes=None, retention_days=None)
    assert [limits.most(acme, limit) for limit in Limit] == [5, 7, None, None]


def test_what_is_stored_is_the_sum_of_what_the_apps_keep(acme, stored):
    put_on(acme, storage_bytes=100)
    assert limits.figure(acme, Limit.STORAGE) == Figure(Limit.STORAGE, 100, 80)


def test_storage_is_taken_up_to_the_last_byte(acme, in_acme, stored):
    put_on(acme, storage_bytes=100)
    limits.take(Limit.STORAGE, 20)
    stored["logo"] = 30
    with pytest.raises(errors.NoStorageLeft) as refused:
        limits.take(Limit.STORAGE, 1)
    assert "“Small”" in refused.value.message


def test_it_is_the_row_that_counts_and_not_what_somebody_holds(acme, in_acme, stored):
    """Whoever has come into the company before the plan was changed."""
    put_on(acme, storage_bytes=100)
    Company.objects.filter(pk=acme.pk).update(plan=Plan.objects.get(code="professional"))
    limits.take(Limit.STORAGE, 1000)


def test_seats_are_those_who_may_sign_in(acme, globex, bob):
    put_on(acme, seats=5)
    assert limits.figure(acme, Limit.SEATS) == Figure(Limit.SEATS, 5, 3)
    with acme.entered():
        type(bob).objects.filter(pk=bob.pk).update(is_active=False)
    assert limits.figure(acme, Limit.SEATS).used == 2
    assert limits.figure(globex, Limit.SEATS).used == 1


def test_without_a_limit_nothing_is_counted(acme, in_acme, django_assert_num_queries):
    plans.change(acme, to=Plan.objects.get(code="professional"))
    with django_assert_num_queries(1):
        limits.take_seat()
