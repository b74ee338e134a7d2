"""Every page of a company is tried with another company's session. The list is the URLconf: none is forgotten."""

import pytest
from django.test import Client

from accounts import sessions
from config.tests import routes
from config.tests.acme import fingerprint, make_belongings


def _with_session(company, agent):
    """A client that sends its session's cookie to every path, as no browser would."""
    client = Client()
    client.cookies["parley_session"] = sessions.begin(company, agent, remembered=False).session_key or ""
    return client


@pytest.fixture
def things(acme):
    return make_belongings(acme)


def _words(response):
    return response.getvalue().decode(errors="replace")


METHODS = ("get", "post")
SHUT = {302, 401, 403, 404, 405}


def test_there_are_pages_to_try():
    assert "c/<int:company_id>/workspace/" in routes.ROUTES


@pytest.mark.parametrize("route", routes.ROUTES)
def test_another_companys_session_opens_nothing(route, acme, globex, mallory, things):
    client, before = _with_session(globex, mallory), fingerprint(acme)
    for method in METHODS:
        response = getattr(client, method)(routes.path(route, acme.company_id, things))
        assert response.status_code in SHUT
        assert response.headers.get("Location", "/sign-in/").startswith("/sign-in/")
        assert not [secret for secret in things.secrets if secret in _words(response)]
    assert fingerprint(acme) == before


@pytest.mark.parametrize("route", routes.ROUTES)
def test_nobody_gets_into_the_other_company_with_the_ids_of_their_own(route, acme, globex, bob, things):
    client, before = _with_session(acme, bob), fingerprint(globex)
    for method in METHODS:
        response = getattr(client, method)(routes.path(route, globex.company_id, things))
        assert response.status_code in SHUT
    assert fingerprint(globex) == before


@pytest.mark.parametrize("route", routes.ROUTES)
def test_in_her_own_company_she_finds_nothing_of_the_others(route, globex, acme, mallory, things):
    client, before = _with_session(globex, mallory), fingerprint(acme)
    path = routes.path(route, globex.company_id, things)
    for method in METHODS:
        response = getattr(client, method)(path)
        # What she has said herself may come back to her.
        assert not [one for one in things.secrets if one in _words(response) and one not in path]
    assert fingerprint(acme) == before
