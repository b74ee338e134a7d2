"""Every path of a company, as the site map says them: a new one is tried without anybody thinking of it."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

from config.console import company_urls
from config.tests.acme import Belongings


def walk(patterns: Any = None, prefix: str = "") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            yield from walk(pattern.url_patterns, route)
        elif route == DOOR:
            # Behind the door of the company's own admin lies a site map of its own; all its lists are tried where
            # it is tested (config/console), so here a few stand for all.
            inside = walk(company_urls.urlpatterns, "c/<int:company_id>/")
            yield from (one for one in inside if one.count("/") < 5 or IN_ADMIN.search(one))
        elif route.startswith("c/<int:company_id>/"):
            yield route


IN_ADMIN = re.compile(r"/admin/(chat/conversation|chat/offlinemessage|widgets/visitor|accounts/agent)/")
DOOR = "c/<int:company_id>/admin/<path:rest>"
ROUTES = sorted(set(walk()))


def path(route: str, company_id: int, things: Belongings) -> str:
    is_admin = route.startswith("c/<int:company_id>/admin/")
    more = _in_admin(route, things) if is_admin else things.arguments(route)
    arguments = {"company_id": company_id, **more}
    # What is written as a regular expression looks like the rest then.
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).replace("^", "").replace("$", "")
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(arguments[match[1]]), plain)


def _in_admin(route: str, things: Belongings) -> dict[str, object]:
    """The row that a page of the admin is about: one of Acme's, by its model."""
    rows = {"conversation": things.talk, "offlinemessage": things.offline_message, "visitor": things.vera}
    fitting = [row.pk for name, row in rows.items() if f"/{name}/" in route]
    return {"object_id": fitting[0] if fitting else 1, "app_label": "chat", "url": "nothing"}
