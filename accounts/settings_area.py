"""The settings area: each app puts its pages here (`apps.py`), and the frame draws those the agent may open."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.capabilities import Capability
from accounts.models import Agent
from companies.models import Company

Words = str | Promise


class Group(models.TextChoices):
    """In the order in which they stand."""

    OWN = "own", _("My account")
    PEOPLE = "people", _("People")
    SECURITY = "security", _("Sign-in and security")
    WEBSITE = "website", _("Website")
    CONVERSATIONS = "conversations", _("Conversations")
    COMPANY = "company", _("Company")


class Page(NamedTuple):
    """A page of the settings. `url_name` takes the company ID alone; without a capability it is everybody's."""

    url_name: str
    group: Group
    title: Words
    sentence: Words
    icon: str
    capability: Capability | None = None
    #: Other words people look for, in the reader's language, separated by spaces.
    keywords: Words = ""
    #: Only for administrators, whatever anybody is granted.
    for_administrators: bool = False


_pages: list[Page] = []


def register(*pages: Page) -> None:
    _pages.extend(pages)


def everything() -> list[Page]:
    return list(_pages)


class Entry(NamedTuple):
    """A page as one agent sees it."""

    page: Page
    url: str

    def tells_of(self, words: str) -> bool:
        """Whether each of these words occurs in what the page is called or tells."""
        page = self.page
        told = f"{page.title} {page.sentence} {page.keywords} {page.group.label}".casefold()
        return all(word in told for word in words.casefold().split())


def seen_by(agent: Agent, company: Company) -> list[tuple[Group, list[Entry]]]:
    """The groups that have a page for this agent, each with its pages in the order they were registered."""
    entries = list(_entries(agent, company))
    groups = [(group, [one for one in entries if one.page.group == group]) for group in Group]
    return [(group, pages) for group, pages in groups if pages]


def _entries(agent: Agent, company: Company) -> Iterator[Entry]:
    for page in _pages:
        if _may_open(page, agent):
            yield Entry(page, reverse(page.url_name, args=[company.company_id]))


def _may_open(page: Page, agent: Agent) -> bool:
    if agent.visit and page.group == Group.OWN:
        return False
    if page.for_administrators and not agent.is_administrator:
        return False
    return page.capability is None or agent.can(page.capability)
