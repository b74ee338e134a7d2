import pytest
from django.contrib.sessions.models import Session
from django.core import signing

from accounts import errors
from accounts.services import socket_tokens
from accounts.testing import Browser

pytestmark = pytest.mark.django_db


def test_names_the_agent_and_the_session(acme, alice, browser):
    response = browser.enter(acme, alice).get(f"/c/{acme.company_id}/socket-token/")
    identity = socket_tokens.read(response.json()["token"], acme.company_id)
    with acme.entered():
        key = Session.objects.get().session_key
    session = socket_tokens.session_hash(key)
    assert identity == socket_tokens.SocketIdentity(acme.company_id, alice.pk, session)


def test_does_not_give_the_session_key_away(acme, alice):
    token = socket_tokens.issue(acme, alice, "k" * 32)
    assert "k" * 32 not in signing.b64_decode(token.split(":")[0].encode()).decode()


def test_is_read_without_the_database(acme, alice, django_assert_num_queries):
    token = socket_tokens.issue(acme, alice, "k" * 32)
    with django_assert_num_queries(0):
        socket_tokens.read(token, acme.company_id)


def test_is_old_after_a_minute(acme, alice, clock):
    token = socket_tokens.issue(acme, alice, "k" * 32)
    clock.move(seconds=60)
    socket_tokens.read(token, acme.company_id)
    clock.move(seconds=1)
    with pytest.raises(errors.TokenExpired):
        socket_tokens.read(token, acme.company_id)


def test_is_of_no_use_in_another_company(acme, globex, mallory):
    token = socket_tokens.issue(globex, mallory, "k" * 32)
    with pytest.raises(errors.TokenInvalid):
        socket_tokens.read(token, acme.company_id)


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "\ud800", "é:1:2", "." * 10_000])
def test_forged_ones_are_refused(token):
    with pytest.raises(errors.TokenInvalid):
        socket_tokens.read(token, 12_345_678)


def test_what_was_signed_for_something_else_is_refused(acme):
    with pytest.raises(errors.TokenInvalid):
        socket_tokens.read(signing.dumps([acme.company_id, 1, "x"]), acme.company_id)


def test_strangers_and_outsiders_get_none(acme, globex, mallory):
    for browser in (Browser(), Browser().enter(globex, mallory)):
        response = browser.get(f"/c/{acme.company_id}/socket-token/")
        assert response.status_code == 401
        assert response.json() == {
            "code": "not_signed_in",
            "message": "You are not signed in. Sign in and try again.",
        }
