from typing import Any

import pytest
from csp.decorators import csp_update
from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.test import RequestFactory

from config.middleware import PolicyMiddleware

NAME = "Content-Security-Policy"


def policies(view):
    """What we say, and what django-csp says by itself."""
    request = RequestFactory().get("/")
    kinds: list[Any] = [PolicyMiddleware, CSPMiddleware]
    return [kind(view)(request).headers.get(NAME) for kind in kinds]


def plain(request):
    return HttpResponse()


@csp_update({"img-src": ["https://pictures.example"]})
def with_pictures(request):
    return HttpResponse()


def exempt(request):
    response = HttpResponse()
    response._csp_exempt = True  # type: ignore[attr-defined]
    return response


def of_its_own(request):
    return HttpResponse(headers={NAME: "default-src 'self'"})


@pytest.mark.parametrize("view", [plain, with_pictures, exempt, of_its_own])
def test_it_is_the_policy_that_django_csp_makes(view):
    ours, theirs = policies(view)
    assert ours == theirs


def test_one_page_changes_no_others():
    middleware: Any = PolicyMiddleware(
        lambda request: (with_pictures if request.path == "/p" else plain)(request)
    )
    said = [middleware(RequestFactory().get(path)).headers[NAME] for path in ("/", "/p", "/")]
    assert "pictures.example" in said[1]
    assert said[0] == said[2] != said[1]
    assert "default-src 'none'" in said[0]
