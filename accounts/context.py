"""What every template may ask about the person."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.capabilities import Capability
from accounts.models import Agent


def person(request: HttpRequest) -> dict[str, Any]:
    """`agent` (None for a stranger), `may` (what the agent may do), `company`, `language_url`."""
    company, agent = getattr(request, "company", None), _agent_of(request)
    return {
        "company": company,
        "agent": agent,
        "may": {capability.value for capability in Capability if agent and agent.can(capability)},
        "language_url": (
            reverse("accounts:own-language", args=[company.company_id])
            if company and agent
            else reverse("accounts:language")
        ),
    }


def _agent_of(request: HttpRequest) -> Agent | None:
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None
