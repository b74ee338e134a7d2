"""Finds the company a request is for by its path, and enters it."""

import re
from collections.abc import Callable

from django.http import Http404, HttpResponseBase

from companies.models import Company
from companies.requests import CompanyRequest

_PATH = re.compile(r"^/c/(\d{8})/")


class CompanyMiddleware:
    """Sets `request.company`: the company of `/c/<company id>/…`, None elsewhere."""

    def __init__(self, get_response: Callable[[CompanyRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: CompanyRequest) -> HttpResponseBase:
        request.company = company = _company_of(request.path_info)
        if company is None:
            return self.get_response(request)
        with company.entered():
            return self.get_response(request)

    def process_view(
        self, request: CompanyRequest, view: object, args: object, kwargs: dict[str, object]
    ) -> None:
        """A company in the path that is not there is a page that is not there."""
        if "company_id" in kwargs and getattr(view, "needs_company", True) and request.company is None:
            raise Http404


def _company_of(path: str) -> Company | None:
    match = _PATH.match(path)
    return Company.objects.filter(company_id=int(match[1])).first() if match else None
