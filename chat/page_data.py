import functools
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import plan_words
from accounts.access import AgentRequest
from accounts.capabilities import Capability
from accounts.models import Agent
from protocol import version


def of(request: AgentRequest) -> dict[str, Any]:
    """What an agent page's script must know before it has a socket.

    Made of the rows of company, agent and role alone, and what is said of the plan: chat/shells.py keeps pages
    by these.
    """
    company, agent = request.company, request.user
    return {
        "company_id": company.company_id,
        "company_name": company.name,
        "agent": _agent(agent),
        "language": get_language(),
        "time_zone": company.time_zone,
        "version": version.VERSION,
        "plan": plan_words.standing(company),
        "is_seeing": agent.seen_as is not None,
        "is_visiting": agent.visit is not None,
        "capabilities": [capability.value for capability in Capability if agent.can(capability)],
        "urls": _urls(company.company_id) | _urls_of_visitors(agent),
    }


def _agent(agent: Agent) -> dict[str, Any]:
    return {
        "id": agent.pk,
        "agent_id": agent.agent_id,
        "name": agent.name,
        "role": _("Operator") if agent.visit else str(agent.role_now),
        "is_administrator": agent.is_administrator,
    }


def _urls_of_visitors(agent: Agent) -> dict[str, str]:
    """When the visit is over, back to where it began."""
    if not agent.visit:
        return {}
    company = reverse("admin:companies_company_change", args=[agent.visit.company_id])
    # The page adds why, as it does for everybody's sign-in.
    return {"sign_in": f"{company}?visit={agent.visit.pk}"}


@functools.lru_cache(maxsize=1000)
def _urls(company_id: int) -> dict[str, str]:
    here = reverse("chat:workspace", args=[company_id])
    wanted = urlencode({"company": company_id, "next": here})
    return {
        "live": f"/live/c/{company_id}/agent",
        "socket_token": reverse("accounts:socket-token", args=[company_id]),
        "sign_in": f"{reverse('accounts:sign-in')}?{wanted}",
        "workspace": here,
        "offline_messages": reverse("chat:offline-messages", args=[company_id]),
        "check": reverse("chat:check", args=[company_id]),
        "notices": reverse("accounts:notices", args=[company_id]),
        "suggestions": reverse("accounts:suggestions", args=[company_id]),
        "pictures": reverse("accounts:picture", args=[company_id, "-"])[:-1],
        "snippet": reverse("widgets:snippet", args=[company_id]),
    }
