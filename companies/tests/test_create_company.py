import secrets
import threading

import pytest
from django.db import connection
from django_tenants.utils import schema_exists

from companies.models import Company
from companies.services import companies, schemas

FACTS = {"name": "Initech", "email": "peter@initech.example", "language": "en", "time_zone": "UTC"}


def tables_of(company):
    with company.entered():
        return set(connection.introspection.table_names())


class Trouble(Exception):
    pass


@pytest.fixture
def swept(committed):
    """What the test creates for good is removed again."""
    known = set(Company.objects.values_list("pk", flat=True))
    yield
    for company in Company.objects.exclude(pk__in=known):
        schemas.drop(company.schema_name)
        company.delete(force_drop=False)
    connection.close()


@pytest.mark.django_db
def test_it_has_a_number_of_eight_digits_and_a_schema_of_its_own():
    company = companies.create(**FACTS)
    assert 10_000_000 <= company.company_id <= 99_999_999
    assert company.schema_name == f"c_{company.company_id}"
    assert schema_exists(company.schema_name)


@pytest.mark.django_db
def test_it_begins_empty_with_the_tables_of_the_others(acme):
    company = companies.create(**FACTS)
    assert tables_of(company) == tables_of(acme) > {"chat_entry", "accounts_agent", "django_session"}
    with company.entered(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM chat_entry")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_a_number_that_is_taken_is_not_given_again(acme, monkeypatch):
    offered = iter([acme.company_id - 10_000_000, 7])
    monkeypatch.setattr(secrets, "randbelow", lambda bound: next(offered))
    assert companies.create(**FACTS).company_id == 10_000_007


def test_when_something_fails_nothing_is_left(committed, monkeypatch):
    made, create = [], schemas.create

    def create_and_fail(schema_name):
        create(schema_name)
        made.append(schema_name)
        raise Trouble

    monkeypatch.setattr(schemas, "create", create_and_fail)
    with pytest.raises(Trouble):
        companies.create(**FACTS)
    assert not Company.objects.filter(schema_name__in=made).exists()
    assert not schema_exists(made[0])


def test_several_at_once_disturb_each_other_not(swept):
    made = []

    def make():
        made.append(companies.create(**FACTS))
        connection.close()

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({company.schema_name for company in made}) == 4
    assert all(schema_exists(company.schema_name) for company in made)
