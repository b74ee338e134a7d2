"""Every page of a company is tried with another company's session. The list is the URLconf: none is forgotten."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from accounts import sessions
from config.console import company_urls
from config.tests.acme import Belongings, fingerprint, make_belongings

#: What stands for the other arguments of a path, by path. A new path with arguments needs its line here.
ARGUMENTS: dict[str, Callable[[Belongings], dict[str, object]]] = {
    **{
        f"c/<int:company_id>/settings/roles/<int:pk>/{deed}": lambda things: {"pk": things.role.pk}
        for deed in ("", "reset/", "delete/", "see/")
    },
    **{
        f"c/<int:company_id>/settings/groups/<int:pk>/{deed}": lambda things: {"pk": things.group.pk}
        for deed in ("", "move/", "delete/")
    },
    **{
        f"c/<int:company_id>/settings/addresses/<int:pk>/{deed}": lambda things: {"pk": 1}
        for deed in ("", "remove/")
    },
    "c/<int:company_id>/pictures/<str:name>": lambda things: {"name": f"{'0' * 40}-64.webp"},
    **{
        f"c/<int:company_id>/notices/<int:pk>/{deed}": lambda things: {"pk": things.notice.pk}
        for deed in ("", "edit/", "withdraw/", "delete/", "read/")
    },
    **{
        f"c/<int:company_id>/settings/agents/<int:pk>/{deed}": lambda things: {"pk": things.talk.agent_id}
        for deed in (
            "",
            "disable/",
            "enable/",
            "delete/",
            "invitation/",
            "revoke/",
            "password/",
            "sessions/",
            "sessions/end-all/",
            "second-step/reset/",
        )
    },
    "c/<int:company_id>/settings/agents/<int:pk>/sessions/<int:sign_in>/end/": lambda things: {
        "pk": things.talk.agent_id,
        "sign_in": 1,
    },
    "c/<int:company_id>/offline-messages/<int:pk>/read/": lambda things: {"pk": things.offline_message.pk},
}


def _routes(patterns: Any = None, prefix: str = "") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            yield from _routes(pattern.url_patterns, route)
        elif route == DOOR:
            # Behind the door of the company's own admin lies a site map of its own; all its lists are tried where
            # it is tested (config/console), so here a few stand for all.
            inside = _routes(company_urls.urlpatterns, "c/<int:company_id>/")
            yield from (one for one in inside if one.count("/") < 5 or IN_ADMIN.search(one))
        elif route.startswith("c/<int:company_id>/"):
            yield route


DOOR = "c/<int:company_id>/admin/<path:rest>"
IN_ADMIN = re.compile(r"/admin/(chat/conversation|chat/offlinemessage|widgets/visitor|accounts/agent)/")
ROUTES = sorted(set(_routes()))


def _path(route: str, company_id: int, things: Belongings) -> str:
    has_more = "<" in route.removeprefix("c/<int:company_id>/")
    is_admin = route.startswith("c/<int:company_id>/admin/")
    more = _in_admin(route, things) if is_admin else ARGUMENTS[route](things) if has_more else {}
    arguments = {"company_id": company_id, **more}
    # What is written as a regular expression looks like the rest then.
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).replace("^", "").replace("$", "")
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(arguments[match[1]]), plain)


def _in_admin(route: str, things: Belongings) -> dict[str, object]:
    """The row that a page of the admin is about: one of Acme's, by its model."""
    rows = {"conversation": things.talk, "offlinemessage": things.offline_message, "visitor": things.vera}
    fitting = [row.pk for name, row in rows.items() if f"/{name}/" in route]
    return {"object_id": fitting[0] if fitting else 1, "app_label": "chat", "url": "nothing"}


def _with_session(company, agent):
    """A client that sends its session's cookie to every path, as no browser would."""
    client = Client()
    client.cookies["parley_session"] = sessions.begin(company, agent, remembered=False).session_key or ""
    return client


@pytest.fixture
def things(acme):
    return make_belongings(acme)


def test_there_are_pages_to_try():
    assert "c/<int:company_id>/workspace/" in ROUTES


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", ROUTES)
def test_another_companys_session_opens_nothing(route, method, acme, globex, mallory, things):
    client, before = _with_session(globex, mallory), fingerprint(acme)
    response = getattr(client, method)(_path(route, acme.company_id, things))
    assert response.status_code in {302, 401, 403, 404, 405}
    assert response.headers.get("Location", "/sign-in/").startswith("/sign-in/")
    assert not [secret for secret in things.secrets if secret in response.text]
    assert fingerprint(acme) == before


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", ROUTES)
def test_nobody_gets_into_the_other_company_with_the_ids_of_their_own(
    route, method, acme, globex, bob, things
):
    client, before = _with_session(acme, bob), fingerprint(globex)
    response = getattr(client, method)(_path(route, globex.company_id, things))
    assert response.status_code in {302, 401, 403, 404, 405}
    assert fingerprint(globex) == before


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", ROUTES)
def test_in_her_own_company_she_finds_nothing_of_the_others(route, method, globex, acme, mallory, things):
    client, before = _with_session(globex, mallory), fingerprint(acme)
    path = _path(route, globex.company_id, things)
    response = getattr(client, method)(path)
    # What she has said herself may come back to her.
    assert not [secret for secret in things.secrets if secret in response.text and secret not in path]
    assert fingerprint(acme) == before
