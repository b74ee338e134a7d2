"""A password that somebody else has chosen is to be changed before anything else."""

import pytest

from accounts import errors
from accounts.models import Agent, AuditEntry, Role
from accounts.services import passwords
from accounts.testing import PASSWORD, Browser
from core.errors import Forbidden, NotFound

pytestmark = pytest.mark.django_db

NEW = "ten green bottles"


@pytest.fixture
def given(in_acme, alice, bob):
    return passwords.give_temporary(bob, by=alice)


@pytest.fixture
def here(acme, given, sign_in, browser):
    """Bob, signed in with it."""
    assert sign_in(agent_id="bob", password=given).status_code == 302
    return browser


def path(company, page="settings/password/"):
    return f"/c/{company.company_id}/{page}"


def test_it_opens_and_the_one_before_does_not(given, sign_in):
    assert sign_in(agent_id="bob", password=PASSWORD).status_code == 200
    assert sign_in(agent_id="bob", password=given).status_code == 302


def test_each_is_another_and_long_enough(in_acme, alice, bob, carol):
    made = {passwords.give_temporary(one, by=alice) for one in (bob, carol)}
    assert len(made) == 2
    assert all(len(one) == 12 for one in made)


@pytest.mark.parametrize("page", ["workspace/", "settings/", "welcome/", "offline-messages/"])
def test_every_page_leads_to_choosing_one(acme, here, page):
    assert here.get(path(acme, page))["Location"] == path(acme)


def test_sockets_get_no_token(acme, here):
    response = here.get(path(acme, "socket-token/"))
    assert response.status_code == 403
    assert response.json()["code"] == "password_must_change"


def test_one_may_sign_out_and_choose_the_language(acme, here):
    assert here.post(path(acme, "language/"), {"language": "zh-hans"}).status_code == 302
    assert "为自己设置密码" in here.get(path(acme)).text
    assert here.post(path(acme, "sign-out/"))["Location"].startswith("/sign-in/")


def test_choosing_one_opens_everything(acme, here, given):
    response = here.post(path(acme), {"present": given, "password": NEW})
    assert response["Location"] == path(acme, "workspace/")
    assert here.get(path(acme, "workspace/")).status_code == 200


def test_the_given_one_again_is_no_choice(acme, here, given):
    assert (
        "This is your present password." in here.post(path(acme), {"present": given, "password": given}).text
    )
    assert here.get(path(acme, "workspace/")).status_code == 302


def test_it_ends_every_session(acme, in_acme, alice, bob):
    there = Browser().enter(acme, bob)
    passwords.give_temporary(bob, by=alice)
    assert there.get(path(acme, "workspace/"))["Location"].startswith("/sign-in/")


def test_it_stands_in_the_log_without_the_password(given):
    entry = AuditEntry.objects.get(action="agent.password_reset")
    assert entry.changes == {"password": ["", "temporary"]}
    assert given not in str(entry.__dict__)


def test_nobody_gives_one_to_themselves(in_acme, alice):
    with pytest.raises(errors.NotOneself):
        passwords.give_temporary(alice, by=alice)


def test_nor_to_administrators_unless_being_one(in_acme, alice, bob):
    Role.objects.filter(kind=Role.Kind.AGENT).update(capabilities=["manage_agents"])
    with pytest.raises(errors.MayDoMore):
        passwords.give_temporary(alice, by=bob)


def test_nor_to_somebody_who_may_do_more(in_acme, bob, carol):
    """It would be theirs to use."""
    Role.objects.filter(kind=Role.Kind.AGENT).update(capabilities=["manage_agents"])
    Agent.objects.filter(pk=carol.pk).update(granted=["monitor"])
    with pytest.raises(errors.MayDoMore):
        passwords.give_temporary(carol, by=bob)


def test_only_those_who_manage_agents_give_one(in_acme, bob, carol):
    with pytest.raises(Forbidden):
        passwords.give_temporary(carol, by=bob)


def test_who_is_still_invited_has_none_to_change(in_acme, alice, bob, clock):
    Agent.objects.filter(pk=bob.pk).update(invited_at=clock.now, is_active=False)
    with pytest.raises(errors.StillInvited):
        passwords.give_temporary(bob, by=alice)


def test_who_is_disabled_gets_none(acme, in_acme, alice, bob):
    Agent.objects.filter(pk=bob.pk).update(is_active=False)
    with pytest.raises(NotFound):
        passwords.give_temporary(bob, by=alice)
    assert Browser().enter(acme, alice).get(of(acme, bob)).status_code == 404


def of(company, agent):
    return path(company, f"settings/agents/{agent.pk}/password/")


def test_the_page_shows_it_once(acme, alice, bob):
    page = Browser().enter(acme, alice).post(of(acme, bob), {"way": "temporary"}).text
    with acme.entered():
        bob.refresh_from_db()
    shown = page.split('<code class="code">')[1].split("</code>")[0]
    assert bob.check_password(shown)
    assert shown not in Browser().enter(acme, alice).get(of(acme, bob)).text


def test_the_page_offers_nothing_for_oneself(acme, alice):
    page = Browser().enter(acme, alice).get(of(acme, alice)).text
    assert 'name="way"' not in page


def test_the_page_is_for_those_who_manage_agents(acme, bob, carol):
    for method in ("get", "post"):
        assert getattr(Browser().enter(acme, bob), method)(of(acme, carol)).status_code == 403


def test_the_page_is_closed_to_outsiders(acme, globex, mallory, bob):
    assert Browser().enter(globex, mallory).get(of(acme, bob))["Location"].startswith("/sign-in/")
    assert Browser().enter(globex, mallory).get(of(globex, bob)).status_code in {200, 404}
    with acme.entered():
        bob.refresh_from_db()
    assert bob.check_password(PASSWORD)
