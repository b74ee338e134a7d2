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
from companies.models.company import GRACE, Why

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
    number = formats.number_format(value, force_grouping=True)
    if limit is Limit.RETENTION:
        return ngettext("%(days)s day", "%(days)s days", value) % {"days": number}
    return number


def standing(company: Company) -> list[str]:
    """In a few words for the status bar: plan, billing, and when it ends, where there are such."""
    plan, end = known_plans.of(company), _end(company)
    words = [] if plan is None else [str(plan), str(plan.get_billing_display())]
    return words if end is None else [*words, end.words]


def warning(company: Company, agent: Agent) -> str:
    """What needs a look soonest, for whoever can act on it; empty if nothing does."""
    if not agent.can(Capability.EDIT_COMPANY):
        return ""
    return _of_end(company) or _of_limits(company)


def grace(company: Company, agent: Agent) -> str:
    """Where what is paid is over and all goes on for some days, until when; for whoever can act on it."""
    if company.paid_until is None or not company.is_in_grace or not agent.can(Capability.EDIT_COMPANY):
        return ""
    return _(
        "The paid period ended on %(day)s. Everything keeps working until %(end)s; after that %(company)s is closed."
    ) % {
        "day": _day(company, company.paid_until),
        "end": _moment(company, company.paid_until + GRACE),
        "company": company.name,
    }


class _End(NamedTuple):
    """Of a trial, or of what is paid, which some days later closes the company."""

    why: Why
    at: datetime.datetime
    words: str


def _end(company: Company) -> _End | None:
    if company.trial_ends_at is not None:
        words = _("The trial ends on %(day)s") % {"day": _day(company, company.trial_ends_at)}
        return _End(Why.TRIAL_OVER, company.trial_ends_at, words)
    if company.paid_until is not None:
        is_over = company.paid_until <= timezone.now()
        words = _("Not paid since %(day)s") if is_over else _("Paid until %(day)s")
        return _End(Why.UNPAID, company.paid_until, words % {"day": _day(company, company.paid_until)})
    return None


def _of_end(company: Company) -> str:
    """What is over already, each page says in a banner."""
    end = _end(company)
    is_soon = end is not None and datetime.timedelta() < end.at - timezone.now() <= NOTICE[end.why]
    return end.words if end is not None and is_soon else ""


def _day(company: Company, at: datetime.datetime) -> str:
    return formats.date_format(timezone.localtime(at, company.zone), "SHORT_DATE_FORMAT")


def _moment(company: Company, at: datetime.datetime) -> str:
    return formats.date_format(timezone.localtime(at, company.zone), "SHORT_DATETIME_FORMAT")


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
