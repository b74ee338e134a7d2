import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from companies.middleware import CompanyMiddleware
from core.tenancy import context

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen():
    return []


@pytest.fixture
def middleware(seen):
    def view(request):
        seen.append((request.company, context.schema()))
        return HttpResponse()

    return CompanyMiddleware(view)


def ask(path):
    return RequestFactory().get(path)


def test_below_its_number_one_is_in_the_company(acme, middleware, seen):
    middleware(ask(f"/c/{acme.company_id}/workspace/"))
    assert seen == [(acme, acme.schema_name)]


def test_afterwards_one_is_in_no_company(acme, middleware):
    middleware(ask(f"/c/{acme.company_id}/workspace/"))
    assert context.schema() == "public"


def test_afterwards_one_is_in_no_company_even_when_the_page_failed(acme):
    def broken(request):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        CompanyMiddleware(broken)(ask(f"/c/{acme.company_id}/workspace/"))
    assert context.schema() == "public"


@pytest.mark.parametrize(
    "path", ["/", "/sign-in/", "/c/", "/c/10000000/", "/c/1/x/", "/c/١٢٣٤٥٦٧٨/x/", "/x/c/{id}/", "/c/{id}"]
)
def test_elsewhere_one_is_in_no_company(acme, middleware, seen, path):
    middleware(ask(path.format(id=acme.company_id)))
    assert seen == [(None, "public")]


def test_a_company_in_the_path_that_is_not_there_is_a_page_that_is_not_there(middleware):
    request = ask("/c/10000000/workspace/")
    middleware(request)
    with pytest.raises(Http404):
        middleware.process_view(request, lambda request: None, (), {"company_id": 10_000_000})


def test_pages_of_no_company_are_left_alone(middleware):
    request = ask("/sign-in/")
    middleware(request)
    assert middleware.process_view(request, lambda request: None, (), {}) is None
