"""The workspace's page, kept once it is made: of what it shows, only the token of its forms is new each time."""

import secrets

from django.db import models
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import get_language

from accounts import plan_words
from accounts.access import AgentRequest
from companies import known_plans
from companies.models import Company
from core import assets

TEMPLATE = "chat/workspace.html"
#: How many pages are kept; when there are more, all are made anew.
_MOST = 1000
#: Stands where the token goes. Nobody can guess it and put it into a name.
_TOKEN = secrets.token_hex(16)

_kept: dict[tuple[str | None, ...], str] = {}


def of(request: AgentRequest) -> str:
    """The page for this agent, as if it were made now."""
    if request.user.visit:
        # It tells of the visit, which lasts for moments.
        return _made(request).replace(_TOKEN, get_token(request))
    shown = _shown(request)
    page = _kept.get(shown)
    if page is None:
        if len(_kept) >= _MOST:
            _kept.clear()
        page = _kept[shown] = _made(request)
    return page.replace(_TOKEN, get_token(request))


def _shown(request: AgentRequest) -> tuple[str | None, ...]:
    """All that the page and those it extends are made of: another page for each difference."""
    return (
        *_facts(request.company),
        *_facts(request.user),
        *_facts(request.user.role_now),
        str(request.user.seen_as is not None),
        plan_words.warning(request.company, request.user),
        plan_words.grace(request.company, request.user),
        *_plan(request.company),
        request.get_full_path(),
        request.COOKIES.get("parley_theme"),
        get_language(),
        str(assets.changed_at()),
    )


def _plan(company: Company) -> list[str]:
    """What `plan_words.standing` is made of beside the company's own facts, without the work of wording it."""
    plan = known_plans.of(company)
    return [*(_facts(plan) if plan else ()), str(company.is_in_grace)]


def _facts(row: models.Model) -> list[str]:
    """Each column, as words: lists have no place in a key."""
    return [str(getattr(row, field.attname)) for field in row._meta.concrete_fields]


def _made(request: HttpRequest) -> str:
    return render_to_string(TEMPLATE, {"csrf_token": _TOKEN}, request)
