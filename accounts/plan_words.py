"""What is said about a company's plan: its figures in words, and the one thing that needs a look soonest."""

import datetime
from typing import NamedTuple

from django.template.defaultfilters import filesizeformat
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.capabilities import Capability
from accounts.models import Agent
from companies import known_plans, limits
from companies.limits import Figure, Limit
from companies.models import Company
from companies.models.company import Closure, Why

#: So long before its end a trial, or what is paid, is spoken of on every page.
NOTICE = {Why.TRIAL_OVER: datetime.timedelta(days=5), Why.UNPAID: datetime.timedelta(days=14)}
_MEASURED = (Limit.SEATS, Limit.CONVERSATIONS, Limit.STORAGE)


class Said(NamedTuple):
    """A figure, and what is said of it."""

    figure: Figure
    used: str
    most: str
    meaning: str


def figures(company: Company) -> list[Said]:
    """What is used of each limit. Counts in the company."""
    return [_said(limits.figure(company, limit)) for limit in _MEASURED]


def amount(limit: Limit, value: int | None) -> str:
    """So much of it, in words."""
    if value is None:
        return _("any number")
    if limit is Limit.STORAGE:
        return filesizeformat(value)
    if limit is Limit.RETENTION:
        return ngettext("%(days)s day", "%(days)s days", value) % {"days": formats.number_format(value)}
    return formats.number_format(value)


def standing(company: Company) -> list[str]:
    """In a few words for the status bar: plan, billing, and when it ends, where there are such."""
    plan, end = known_plans.of(company), company.next_end
    words = [] if plan is None else [str(plan), str(plan.get_billing_display())]
    return words if end is None else [*words, _ends(company, end)]


def warning(company: Company, agent: Agent) -> str:
    """What needs a look soonest, for whoever can act on it; empty if nothing does."""
    if not agent.can(Capability.EDIT_COMPANY):
        return ""
    return _of_end(company) or _of_limits(company)


def _of_end(company: Company) -> str:
    end = company.next_end
    if end is None or end.since - timezone.now() > NOTICE[end.why]:
        return ""
    return _ends(company, end)


def _ends(company: Company, end: Closure) -> str:
    day = formats.date_format(timezone.localtime(end.since, company.zone), "SHORT_DATE_FORMAT")
    if end.why is Why.TRIAL_OVER:
        return _("The trial ends on %(day)s") % {"day": day}
    return _("Paid until %(day)s") % {"day": day}


def _of_limits(company: Company) -> str:
    near = [said for said in figures(company) if said.figure.is_near]
    if not near:
        return ""
    said = max(near, key=lambda one: one.figure.share)
    return _("%(limit)s: %(used)s of %(most)s") % {
        "limit": said.figure.limit.label, "used": said.used, "most": said.most,
    }  # fmt: skip


def _said(figure: Figure) -> Said:
    return Said(
        figure, amount(figure.limit, figure.used), amount(figure.limit, figure.most), _meaning(figure.limit)
    )


def _meaning(limit: Limit) -> str:
    meanings = {
        Limit.SEATS: _(
            "Agents who may sign in. When all seats are taken, nobody can be added or enabled; "
            "whoever is there goes on working."
        ),
        Limit.CONVERSATIONS: _(
            "Conversations that an agent has accepted and nobody has ended. At the limit visitors "
            "wait in line until one ends; nothing they write is lost."
        ),
        Limit.STORAGE: _("Files that were uploaded. At the limit no more can be added; what is there stays."),
    }
    return meanings[limit]
