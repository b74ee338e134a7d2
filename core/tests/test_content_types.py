import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from core.tenancy import content_types
from core.tenancy.content_types import CompanyCache

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache():
    content_types.install()
    yield
    content_types.install()


def type_of(company, model=ContentType):
    with company.entered():
        return ContentType.objects.get_for_model(model)


def test_each_company_finds_its_own_content_types(acme, globex):
    schema = globex.schema_name
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {schema}.auth_permission")
        cursor.execute(f"UPDATE {schema}.django_content_type SET id = 999 WHERE model = 'contenttype'")
    ids = [type_of(company).pk for company in (acme, globex, acme)]
    assert ids[1] == 999
    assert ids[0] == ids[2] != 999


def test_within_a_company_they_are_kept(acme, django_assert_num_queries):
    type_of(acme)
    with django_assert_num_queries(0):
        type_of(acme)


def test_what_is_cleared_in_one_company_is_kept_in_the_others(acme, globex):
    cache = ContentType.objects._cache  # type: ignore[attr-defined]
    type_of(acme)
    type_of(globex)
    with acme.entered():
        ContentType.objects.clear_cache()
        assert len(cache) == 0
    with globex.entered():
        assert len(cache) == 1


def test_a_bounded_number_of_companies_is_kept(monkeypatch, acme, globex):
    monkeypatch.setattr(content_types, "MOST", 1)
    cache = CompanyCache()
    for company in (acme, globex):
        with company.entered():
            cache["default"] = {}
    with acme.entered():
        assert "default" not in cache
