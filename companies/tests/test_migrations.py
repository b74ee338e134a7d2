import pytest
from django.conf import settings
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


def behind():
    return [one.schema for one in migrations.companies_behind()]


def test_companies_made_from_the_template_are_up_to_date(acme, globex):
    assert behind() == []
    assert migrations.public_behind() is None


def test_a_company_that_lacks_a_migration_is_found(acme, globex):
    forget(acme.schema_name, "chat")
    assert behind() == [acme.schema_name]


def test_it_is_told_from_what_to_what(acme):
    forget(acme.schema_name, "auth")
    forget(acme.schema_name, "sessions")
    (found,) = migrations.companies_behind()
    assert found.missing == (("auth", "0012_alter_user_first_name_max_length"), ("sessions", "0001_initial"))
    assert found.begins_from == "auth 0011_update_proxy_permissions"
    assert found.leads_to == "auth 0012_alter_user_first_name_max_length, sessions 0001_initial"


def test_a_public_schema_that_lacks_a_migration_is_found(acme):
    forget("public", "companies")
    found = migrations.public_behind()
    assert found is not None
    assert {app for app, _ in found.missing} == {"companies"}
    assert behind() == []


def test_what_no_company_has_is_asked_of_none(acme, globex):
    forget(globex.schema_name, "sessions")
    forget("public", "sessions")
    assert behind() == [globex.schema_name]


def test_a_schema_without_a_table_of_migrations_lacks_all_and_keeps_no_other_from_being_asked(acme, globex):
    forget(globex.schema_name, "chat")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {acme.schema_name}.django_migrations")
    found = {one.schema: len(one.missing) for one in migrations.companies_behind()}
    assert found == {acme.schema_name: len(migrations._wanted(settings.TENANT_APPS)), globex.schema_name: 1}


def test_however_many_companies_there_are_it_is_one_question(acme, globex, django_assert_num_queries):
    with django_assert_num_queries(4) as asked:
        migrations.companies_behind()
    assert sum("UNION ALL" in query["sql"] for query in asked.captured_queries) == 1


def test_thousands_are_asked_in_parts(acme, globex, monkeypatch):
    monkeypatch.setattr(migrations, "AT_ONCE", 1)
    for company in (acme, globex):
        forget(company.schema_name, "sessions")
    assert behind() == sorted([acme.schema_name, globex.schema_name])
