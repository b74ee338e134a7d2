"""Which websites may carry a company's site code."""

from django.db import transaction

from accounts.services import audit
from companies.models import Company
from widgets import origins


@transaction.atomic
def set_sites(company: Company, sites: list[str]) -> Company:
    """Let these websites, and no others, carry the chat; none listed means any may.

    Sockets that are open stay; new ones are refused within half a minute.
    """
    changes = audit.apply(company, sites=list(dict.fromkeys(origins.parse(site) for site in sites)))
    company.save(update_fields=["sites"])
    with company.entered():
        audit.record("settings.changed", company, changes)
    return company
