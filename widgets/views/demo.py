"""The demo company's website, as a customer's would be: Parley is on it only through the site code."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from widgets import origins
from widgets.services import demo

_PAGES = ("home", "pricing", "shipping", "contact")
_LANGUAGES = ("en", "zh-hans")


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    if name not in _PAGES:
        raise Http404
    found = demo.find()
    response = _render(request, name, found)
    return _as_others_have_it(response) if found else response


@require_safe
def strict(request: HttpRequest) -> HttpResponse:
    """A page whose Content-Security-Policy allows, beside the website itself, our one origin and its sockets."""
    found = demo.find()
    response = _render(request, "strict", found)
    if found:
        response["Content-Security-Policy"] = _policy(found.origin)
    return response


def _policy(allowed: str) -> str:
    ours = (
        f"script-src {allowed}",
        f"connect-src {allowed} {origins.of_sockets(allowed)}",
        f"frame-src {allowed}",
    )
    return "; ".join(["default-src 'none'", "style-src 'self'", "img-src 'self'", *ours])


def _as_others_have_it(response: HttpResponse) -> HttpResponse:
    """Without the Content-Security-Policy of our own pages: most websites have none."""
    response._csp_exempt = True  # type: ignore[attr-defined]
    return response


def _render(request: HttpRequest, name: str, found: demo.Demo | None) -> HttpResponse:
    if found is None:
        return render(request, "widgets/no_demo.html", status=404)
    pages = [reverse("website:demo-page", args=[each]) for each in _PAGES[1:]]
    context = {"demo": found, "pages": pages}
    return render(request, f"widgets/demo/{_language()}/{name}.html", context)


def _language() -> str:
    language = translation.get_language()
    return language if language in _LANGUAGES else "en"
