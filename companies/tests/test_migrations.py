import io

import pytest
from django.core.management import call_command
from django.db import connection

from companies.services import migrations

pytestmark = pytest.mark.django_db


def forget(schema_name, app):
    """As if the newest migration of the app had not been there yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {schema_name}.django_migrations WHERE id ="
            f" (SELECT max(id) FROM {schema_name}.django_migrations WHERE app = %s)",
            [app],
        )


def test_companies_made_from_the_template_are_up_to_date(acme, globex):
    assert migrations.companies_behind() == []
    assert not migrations.public_is_behind()


def test_a_company_that_lacks_a_migration_is_found(acme, globex):
    forget(acme.schema_name, "chat")
    assert migrations.companies_behind() == [acme.schema_name]


def test_a_public_schema_that_lacks_a_migration_is_found(acme):
    forget("public", "companies")
    assert migrations.public_is_behind()
    assert migrations.companies_behind() == []


def test_what_no_company_has_is_asked_of_none(acme, globex):
    forget(globex.schema_name, "sessions")
    forget("public", "sessions")
    assert migrations.companies_behind() == [globex.schema_name]


def test_however_many_companies_there_are_it_is_one_question(acme, globex, django_assert_num_queries):
    with django_assert_num_queries(2, exact=False):
        migrations.companies_behind()


def test_the_command_says_when_there_is_nothing_to_do(acme):
    said = io.StringIO()
    call_command("migrate_companies", stdout=said)
    assert said.getvalue() == "All schemas are up to date.\n"
