import pytest
from django.contrib.sessions.models import Session

from accounts.signals import signed_out
from accounts.testing import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    events = []

    def listen(agent, session_key, **kwargs):
        events.append((agent.agent_id, session_key))

    signed_out.connect(listen)
    yield events
    signed_out.disconnect(listen)


@pytest.fixture
def inside(acme, alice, browser) -> str:
    browser.enter(acme, alice)
    return f"/c/{acme.company_id}/"


def test_deletes_the_session_and_its_cookie(acme, browser, inside):
    response = browser.post(f"{inside}sign-out/")
    assert response["Location"] == f"/sign-in/?company={acme.company_id}"
    assert response.cookies["parley_session"]["max-age"] == 0
    assert response.cookies["parley_session"]["path"] == inside
    with acme.entered():
        assert Session.objects.count() == 0
    assert browser.get(f"{inside}workspace/").status_code == 302


def test_is_announced_with_the_session_that_ended(acme, browser, inside, heard):
    with acme.entered():
        key = Session.objects.get().session_key
    browser.post(f"{inside}sign-out/")
    assert heard == [("alice", key)]


def test_leaves_the_agents_other_sessions(acme, alice, browser, inside):
    elsewhere = Browser().enter(acme, alice)
    browser.post(f"{inside}sign-out/")
    assert elsewhere.get(f"{inside}workspace/").status_code == 200


def test_a_link_cannot_do_it(browser, inside):
    assert browser.get(f"{inside}sign-out/").status_code == 405
    assert browser.get(f"{inside}workspace/").status_code == 200


def test_another_site_cannot_do_it(acme, alice, heard):
    browser = Browser(enforce_csrf_checks=True).enter(acme, alice)
    assert browser.post(f"/c/{acme.company_id}/sign-out/").status_code == 403
    assert heard == []


def test_when_the_session_is_over_already_it_leads_to_the_sign_in(acme, heard):
    browser = Browser(enforce_csrf_checks=True)
    response = browser.post(f"/c/{acme.company_id}/sign-out/")
    assert response["Location"] == f"/sign-in/?company={acme.company_id}"
    assert heard == []


def test_outsiders_end_nobodys_session(acme, alice, globex, mallory, heard):
    Browser().enter(acme, alice)
    Browser().enter(globex, mallory).post(f"/c/{acme.company_id}/sign-out/")
    assert heard == []
    with acme.entered():
        assert Session.objects.count() == 1
