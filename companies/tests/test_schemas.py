import re

import pytest
from django.db import connection
from django_tenants.utils import schema_exists

from companies.services import schemas


@pytest.fixture
def database(django_db_setup, django_db_blocker):
    """Real commits: pg_dump looks from outside."""
    with django_db_blocker.unblock():
        yield
        connection.close()


def test_the_template_is_what_the_migrations_make(database):
    assert schemas.written_from_migrations() == schemas.TEMPLATE.read_text(encoding="utf8")
    assert not schema_exists(schemas.SCRATCH)


def test_the_template_names_no_schema_but_its_own():
    template = schemas.TEMPLATE.read_text(encoding="utf8")
    assert "public." not in template
    assert schemas.SCRATCH not in template


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["public", "acme", 'c_1"; DROP SCHEMA public; --', "c_1\n", "c_", "", "C_1"])
def test_only_schemas_of_companies_are_made(name):
    with pytest.raises(ValueError, match=f"^{re.escape(name)}$"):
        schemas.create(name)


@pytest.mark.django_db
def test_a_schema_is_dropped_with_everything_in_it():
    schemas.create("c_1")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE c_1.more (id int)")
    schemas.drop("c_1")
    assert not schema_exists("c_1")
    schemas.drop("c_1")
