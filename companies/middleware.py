"""Finds the company a request is for by its path, and enters it."""

import re
from collections.abc import Callable

from django.http import Http404, HttpResponseBase

from companies.models import Company
from companies.models.company import schema_name
from companies.requests import CompanyRequest
from core.tenancy import context

_PATH = re.compile(r"^/c/(\d{8})/")


class CompanyMiddleware:
    """Sets `request.company`: the company of `/c/<company id>/…`, None elsewhere."""

    def __init__(self, get_response: Callable[[CompanyRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: CompanyRequest) -> HttpResponseBase:
        match = _PATH.match(request.path_info)
        request.company = None
        if match is None:
            return self.get_response(request)
        company_id = int(match[1])
        # Entered by name before it is looked up: PostgreSQL is told where to look once and not twice.
        with context.entered(schema_name(company_id)):
            company = self.find(company_id)
        if company is None:
            return self.get_response(request)
        request.company = company
        with company.entered():
            return self.get_response(request)

    def find(self, company_id: int) -> Company | None:
        return Company.objects.filter(company_id=company_id).first()

    def process_view(
        self, request: CompanyRequest, view: object, args: object, kwargs: dict[str, object]
    ) -> None:
        """A company in the path that is not there is a page that is not there."""
        if "company_id" in kwargs and getattr(view, "needs_company", True) and request.company is None:
            raise Http404
