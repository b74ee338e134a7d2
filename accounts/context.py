"""What every template may ask about the person."""

import functools
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.capabilities import Capability
from accounts.models import Agent
from companies.models import Company


def person(request: HttpRequest) -> dict[str, Any]:
    """`agent` (None for a stranger), `may` (what the agent may do), `company`, `language_url`."""
    company, agent = getattr(request, "company", None), _agent_of(request)
    return {
        "company": company,
        "agent": agent,
        "may": {capability.value for capability in Capability if agent and agent.can(capability)},
        # Asked only where it stands in a page: the admin's pages lie in a site map without it.
        "language_url": functools.partial(_language_url, company, agent),
    }


def _language_url(company: Company | None, agent: Agent | None) -> str:
    if company and agent and not agent.visit:
        return reverse("accounts:own-language", args=[company.company_id])
    return reverse("accounts:language")


def _agent_of(request: HttpRequest) -> Agent | None:
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None
