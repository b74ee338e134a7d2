from django.http import HttpRequest

from companies.models import Company


class CompanyRequest(HttpRequest):
    """A request that CompanyMiddleware has seen."""

    #: The company of `/c/<company id>/…`, None elsewhere.
    company: Company | None
    #: The address from which it came with a sign-in that does not hold there; empty otherwise.
    refused_from: str
