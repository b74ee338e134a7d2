"""Which websites may carry a company's site code."""

from accounts.models import Agent
from companies.models import Company
from widgets import origins


def set_sites(company: Company, sites: list[str], *, by: Agent) -> Company:
    """Let these websites, and no others, carry the chat; none listed means any may.

    Sockets that are open stay; new ones are refused within half a minute.
    """
    company.sites = list(dict.fromkeys(origins.parse(site) for site in sites))
    company.save(update_fields=["sites"])
    return company
