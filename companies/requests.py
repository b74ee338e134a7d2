from django.http import HttpRequest

from companies.models import Company


class CompanyRequest(HttpRequest):
    """A request that CompanyMiddleware has seen."""

    #: The company of `/c/<company id>/…`, None elsewhere.
    company: Company | None
