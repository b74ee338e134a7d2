"""What holds for every page of a company, the ones to come included."""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from accounts import sessions
from config.tests import routes
from config.tests.acme import fingerprint, make_belongings
from e2e import pages

#: What another site could do with them at worst stands beside each of them.
EXCUSED = {"accounts.views.language.language", "config.console.company_door.leave"}
HTML = "text/html; charset=utf-8"


@pytest.fixture
def things(acme):
    return make_belongings(acme)


def client_of(company, agent, **options):
    client = Client(**options)
    client.cookies["parley_session"] = sessions.begin(company, agent, remembered=False).session_key or ""
    return client


def views(patterns=None):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.callback
        else:
            yield from views(pattern.url_patterns)


@pytest.mark.parametrize("route", routes.ROUTES)
def test_it_opens_or_says_why_not_and_no_other_site_can_frame_it(route, acme, alice, things):
    response = client_of(acme, alice).get(routes.path(route, acme.company_id, things))
    assert response.status_code in {200, 302, 403, 404, 405}
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    # What may be kept is named by what is in it: a picture.
    if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
        assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("route", routes.ROUTES)
def test_nothing_is_done_without_the_token_of_our_own_forms(route, acme, alice, things):
    client = client_of(acme, alice, enforce_csrf_checks=True)
    before = fingerprint(acme)
    response = client.post(routes.path(route, acme.company_id, things))
    is_excused = route.endswith("/admin/leave/") and response.status_code == 302
    assert is_excused or response.status_code in {403, 405}
    # The page that says so carries a token itself, which is kept in the session.
    assert {**fingerprint(acme), "django_session": ""} == {**before, "django_session": ""}


def test_no_view_is_excused_from_the_token_without_a_reason():
    excused = {
        f"{view.__module__}.{view.__name__}" for view in views() if getattr(view, "csrf_exempt", False)
    }
    assert excused == EXCUSED


def test_browsers_try_each_page_that_has_an_address_of_its_own(acme, alice, things):
    """For axe, both languages, light and dark: see e2e/test_pages.py."""
    client, inside = client_of(acme, alice), "c/<int:company_id>/"
    plain = [route.removeprefix(inside) for route in routes.ROUTES if "<" not in route.removeprefix(inside)]
    answers = {path: client.get(f"/c/{acme.company_id}/{path}") for path in plain}
    shown = {
        path
        for path, answer in answers.items()
        if answer.status_code == 200 and answer["Content-Type"] == HTML
    }
    assert sorted(path for path in shown - set(pages.COMPANY) if not path.startswith("admin/")) == []
