"""A new password by mail, for who has forgotten theirs."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import tasks
from accounts.models import Agent, AuditEntry
from accounts.services import password_limit, password_links
from accounts.testing import PASSWORD, Browser
from companies.models import Delivery

pytestmark = pytest.mark.django_db

NEW = "ten green bottles"


@pytest.fixture
def ask(acme, browser, commit):
    """Fills in the form; what is not said is right."""

    def fill_in(**typed):
        with commit():
            return browser.post(
                "/forgotten-password/", {"company_id": acme.company_id, "agent_id": "bob"} | typed
            )

    return fill_in


@pytest.fixture
def link(ask):
    ask()
    return link_of(mail.outbox[-1])


def link_of(message):
    found = re.search(r"/new-password/\S+/", message.body)
    assert found
    return found[0]


def test_the_link_is_mailed_to_the_agent(acme, ask):
    assert "Look into your mail" in ask().text
    [message] = mail.outbox
    assert message.to == ["bob@acme.example"]
    assert message.subject == "A new password for Acme"
    assert str(acme.company_id) in message.body
    assert "http://testserver/new-password/" in message.body


def test_the_mail_speaks_the_agents_language(acme, bob, ask):
    with acme.entered():
        Agent.objects.filter(pk=bob.pk).update(language="zh-hans")
    ask()
    assert "Acme" in mail.outbox[0].subject
    assert "一小时内" in mail.outbox[0].body
    assert "choose a new password" not in mail.outbox[0].body


def test_nothing_that_opens_stays_once_the_mail_has_left(ask):
    ask()
    content = Delivery.objects.get(key__startswith="password-").content
    assert "new-password" in mail.outbox[0].body
    assert content == {"subject": "A new password for Acme", "text": "", "is_secret": True}


def test_it_leads_to_a_new_password(link, browser, sign_in):
    page = browser.get(link)
    assert "For agent bob of Acme." in page.text
    # The address of the page is the key to it: other sites must not read it.
    assert page["Referrer-Policy"] == "same-origin"
    response = browser.post(link, {"password": NEW})
    assert response["Location"].startswith("/sign-in/?company=")
    assert "Your password is changed. Sign in with it." in browser.get(response["Location"]).text
    assert sign_in(agent_id="bob", password=NEW).status_code == 302
    assert sign_in(agent_id="bob", password=PASSWORD).status_code == 200


def test_it_signs_nobody_in(acme, link, browser):
    """There may be a second step."""
    browser.post(link, {"password": NEW})
    assert browser.get(f"/c/{acme.company_id}/workspace/")["Location"].startswith("/sign-in/")


def test_every_session_ends(acme, bob, link):
    there = Browser().enter(acme, bob)
    Browser().post(link, {"password": NEW})
    assert there.get(f"/c/{acme.company_id}/workspace/")["Location"].startswith("/sign-in/")


def test_looking_at_it_changes_nothing(link, browser, sign_in):
    """Programs that look for harm in mails open links too."""
    for _ in range(3):
        assert browser.get(link).status_code == 200
    assert browser.post(link, {"password": NEW}).status_code == 302


def test_it_works_once(link, browser):
    browser.post(link, {"password": NEW})
    for response in (browser.get(link), browser.post(link, {"password": "eleven green bottles"})):
        assert response.status_code == 410
        assert "not valid any more" in response.text


def test_a_newer_one_makes_it_worthless(link, ask, browser):
    ask()
    assert browser.get(link).status_code == 410
    assert browser.get(link_of(mail.outbox[-1])).status_code == 200


def test_it_lasts_an_hour(link, browser, clock):
    assert browser.get(link).status_code == 200
    clock.move(minutes=61)
    response = browser.get(link)
    assert response.status_code == 410
    assert "older than one hour" in response.text


@pytest.mark.parametrize("change", [{"email": "bob@elsewhere.example"}, {"is_active": False}])
def test_it_goes_with_the_address_and_with_the_agent(acme, bob, link, browser, change):
    with acme.entered():
        Agent.objects.filter(pk=bob.pk).update(**change)
    assert browser.post(link, {"password": NEW}).status_code == 410


@pytest.mark.parametrize("token", ["x", "a:b:c", "%ED%A0%80", "." * 2000])
def test_forged_ones_do_not_work(browser, token):
    assert browser.get(f"/new-password/{token}/").status_code == 410


def test_what_is_not_good_enough_is_told_and_the_link_still_works(link, browser):
    assert "at least 8 characters" in browser.post(link, {"password": "bob"}).text
    assert browser.post(link, {"password": NEW}).status_code == 302


def test_a_given_password_need_not_be_changed_any_more(acme, bob, link, browser):
    with acme.entered():
        Agent.objects.filter(pk=bob.pk).update(must_change_password=True)
    browser.post(link, {"password": NEW})
    with acme.entered():
        bob.refresh_from_db()
    assert not bob.must_change_password
    assert bob.password_changed_at


def test_it_stands_in_the_log(acme, bob, link, browser):
    browser.post(link, {"password": NEW})
    with acme.entered():
        entry = AuditEntry.objects.get(action="agent.password_changed")
    assert (entry.by_name, entry.subject_pk, entry.changes) == ("Bob", str(bob.pk), {"password": ["", "set"]})


NOBODY = {
    "company": {"company_id": "99999999"},
    "company that is none": {"company_id": "acme"},
    "agent": {"agent_id": "nobody"},
    "agent of another company": {"agent_id": "mallory"},
    "inactive": {"agent_id": "carol"},
}


@pytest.fixture
def carol_is_away(acme, carol):
    with acme.entered():
        Agent.objects.filter(pk=carol.pk).update(is_active=False)


@pytest.mark.parametrize("nobody", NOBODY.values(), ids=NOBODY.keys())
def test_whoever_is_asked_for_the_answer_is_the_same(acme, globex, carol_is_away, ask, nobody):
    right = {"company_id": str(acme.company_id), "agent_id": "bob"}
    assert without(ask(**nobody).text, right | nobody) == without(ask().text, right)
    assert len(mail.outbox) == 1


def without(page, typed):
    for value in typed.values():
        page = page.replace(value, "…")
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize(
    "without_mail", [{"email": ""}, {"invited_at": "2026-01-01T00:00:00Z", "is_active": False}]
)
def test_who_has_no_address_or_is_invited_gets_none(acme, bob, ask, without_mail):
    with acme.entered():
        Agent.objects.filter(pk=bob.pk).update(**without_mail)
    assert "ask an administrator of your company" in ask().text
    assert not mail.outbox


@pytest.mark.parametrize("nobody", [*NOBODY.values(), {}], ids=[*NOBODY.keys(), "somebody"])
def test_whoever_is_asked_for_the_same_work_is_done_before_the_answer(
    acme, globex, carol_is_away, browser, monkeypatch, nobody
):
    """What is different, a worker does afterwards: how long the answer takes tells nothing."""
    handed_over = []
    monkeypatch.setattr(tasks.mail_password_link, "delay", lambda *args: handed_over.append(args))
    typed = {"company_id": str(acme.company_id), "agent_id": "bob"} | nobody
    _asked_while(browser, SOMEBODY | {"agent_id": "first"})
    assert _asked_while(browser, typed) == _asked_while(browser, SOMEBODY)
    assert handed_over[1] == (typed["company_id"], typed["agent_id"], "http://testserver")


SOMEBODY = {"company_id": "88888888", "agent_id": "somebody"}


def _asked_while(browser, typed):
    """The statements, without what they are about."""
    with CaptureQueriesContext(connection) as asked:
        browser.post("/forgotten-password/", typed)
    return [re.sub(r"'[^']*'|\b\w*\d+\b", "…", one["sql"]) for one in asked.captured_queries]


def test_one_account_is_asked_for_so_many_times_an_hour(ask, clock):
    for _ in range(password_limit.MOST_FOR_ONE_ACCOUNT):
        assert ask().status_code == 200
    response = ask()
    assert response.status_code == 429
    assert "Wait" in response.text
    assert ask(agent_id="carol").status_code == 200
    clock.move(minutes=61)
    assert ask().status_code == 200


def test_one_that_does_not_exist_as_many_times(ask):
    for _ in range(password_limit.MOST_FOR_ONE_ACCOUNT):
        assert ask(agent_id="nobody").status_code == 200
    assert ask(agent_id="nobody").status_code == 429


def test_one_address_asks_so_many_times_an_hour(ask, browser, acme, monkeypatch):
    monkeypatch.setattr(password_limit, "MOST_FROM_ONE_ADDRESS", 2)
    assert [ask(agent_id=f"guess{n}").status_code for n in range(3)] == [200, 200, 429]
    typed = {"company_id": acme.company_id, "agent_id": "bob"}
    assert browser.post("/forgotten-password/", typed, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_while_the_broker_is_away_it_is_mailed_all_the_same(ask, monkeypatch):
    def away(*args):
        raise tasks.BrokerUnreachable

    monkeypatch.setattr(tasks.mail_password_link, "delay", away)
    ask()
    assert len(mail.outbox) == 1


def test_a_link_of_one_company_opens_nothing_in_another(acme, globex, bob, mallory, ask):
    """Ids repeat across companies."""
    with globex.entered():
        Agent.objects.filter(pk=mallory.pk).update(email="mallory@globex.example")
    ask(company_id=globex.company_id, agent_id="mallory")
    Browser().post(link_of(mail.outbox[-1]), {"password": NEW})
    with acme.entered():
        assert all(one.check_password(PASSWORD) for one in Agent.objects.all())


def test_somebody_who_manages_agents_has_one_sent(acme, alice, bob, commit):
    page = f"/c/{acme.company_id}/settings/agents/{bob.pk}/password/"
    with commit():
        response = Browser().enter(acme, alice).post(page, {"way": "mail"})
    assert response["Location"] == page
    assert mail.outbox[0].to == ["bob@acme.example"]
    with acme.entered():
        assert AuditEntry.objects.get(action="agent.password_link_sent").by_name == "Alice"
        bob.refresh_from_db()
    assert bob.check_password(PASSWORD)


def test_who_has_no_address_cannot_be_sent_one(acme, alice, bob):
    with acme.entered():
        Agent.objects.filter(pk=bob.pk).update(email="")
    page = f"/c/{acme.company_id}/settings/agents/{bob.pk}/password/"
    response = Browser().enter(acme, alice).post(page, {"way": "mail"})
    assert "has no e-mail address" in response.text
    assert not Delivery.objects.filter(key__startswith="password-").exists()


def test_the_links_proof_tells_nothing_of_the_password(acme, bob):
    with acme.entered():
        assert bob.password not in password_links.token_of(acme, bob, "key")
