"""The page on which a company says from where its agents may come."""

import pytest

from accounts import sessions
from accounts.models import AddressRule, Agent
from accounts.testing import Browser

pytestmark = pytest.mark.django_db

OFFICE = "203.0.113.7"


@pytest.fixture
def page(acme):
    return f"/c/{acme.company_id}/settings/addresses/"


@pytest.fixture
def alice_here(acme, alice):
    return Browser(REMOTE_ADDR=OFFICE).enter(acme, alice)


@pytest.fixture
def rule(in_acme):
    return AddressRule.objects.create(network="203.0.113.0/24", remark="the office")


@pytest.fixture
def bob_at_home(acme, bob):
    sessions.begin(acme, bob, remembered=False, device=sessions.Device("198.51.100.9", ""))


def add(browser, page, network="203.0.113.0/24", **typed):
    return browser.post(f"{page}new/", {"network": network, "remark": ""} | typed)


def test_without_any_it_says_what_the_first_will_do(alice_here, page):
    told = alice_here.get(page).text
    assert "Agents sign in from everywhere." in told
    assert f"You are here from {OFFICE}." in told
    assert f'href="{page}new/?network=203.0.113.7"' in told


def test_a_network_is_added_and_holds_at_once(acme, alice_here, page, bob):
    assert add(alice_here, page, "203.0.113.9/24", remark="the office")["Location"] == page
    told = alice_here.get(page).text
    assert "203.0.113.0/24" in told
    assert "the office" in told
    assert (
        Browser(REMOTE_ADDR="198.51.100.9").enter(acme, bob).get(page)["Location"].endswith("ended=address")
    )


@pytest.mark.parametrize("typed", ["", "office", "203.0.113.0/33"])
def test_what_is_none_is_told_beside_the_field(alice_here, page, typed):
    told = add(alice_here, page, typed).text
    assert 'aria-invalid="true"' in told


def test_one_cannot_lock_oneself_out(alice_here, page, in_acme):
    told = add(alice_here, page, "198.51.100.0/24", confirmed="on").text
    assert "That would lock you out" in told
    assert OFFICE in told
    assert not AddressRule.objects.exists()


def test_whose_session_would_end_is_asked_first(alice_here, page, bob_at_home, in_acme):
    asked = add(alice_here, page).text
    assert "1 agent is signed in" in asked
    assert "Bob" in asked
    assert not AddressRule.objects.exists()
    assert add(alice_here, page, confirmed="on")["Location"] == page
    assert AddressRule.objects.exists()


def test_a_rule_is_edited(alice_here, page, rule):
    assert "the office" in alice_here.get(f"{page}{rule.pk}/").text
    alice_here.post(f"{page}{rule.pk}/", {"network": "203.0.113.0/25", "remark": "floor two"})
    rule.refresh_from_db()
    assert (rule.network, rule.remark) == ("203.0.113.0/25", "floor two")


def test_removing_asks_first(alice_here, page, rule):
    asked = alice_here.get(f"{page}{rule.pk}/remove/").text
    assert "It is the last one" in asked
    assert AddressRule.objects.exists()
    assert 'name="is_last"' in asked
    assert alice_here.post(f"{page}{rule.pk}/remove/", {"is_last": "on"})["Location"] == page
    assert not AddressRule.objects.exists()


def test_removing_what_one_stands_on_is_refused(alice_here, page, rule):
    AddressRule.objects.create(network="198.51.100.0/24")
    response = alice_here.post(f"{page}{rule.pk}/remove/", follow=True)
    assert "That would lock you out" in response.text
    assert AddressRule.objects.count() == 2


def test_what_lies_within_another_is_told(alice_here, page, rule):
    response = add(alice_here, page, "203.0.113.64/26")
    told = alice_here.get(response["Location"]).text
    assert "203.0.113.64/26 lies within 203.0.113.0/24" in told
    assert "within 203.0.113.0/24" in alice_here.get(page).text


@pytest.mark.parametrize("path", ["", "new/", "{pk}/", "{pk}/remove/"])
def test_it_is_for_those_who_manage_settings(acme, bob, page, rule, path):
    path = page + path.format(pk=rule.pk)
    bob_there = Browser(REMOTE_ADDR=OFFICE).enter(acme, bob)
    assert bob_there.get(path).status_code == 403
    assert bob_there.post(path, {"network": "203.0.113.0/26"}).status_code in {403, 405}
    with acme.entered():
        Agent.objects.filter(pk=bob.pk).update(granted=["manage_settings"])
    assert bob_there.get(path).status_code == 200


@pytest.mark.parametrize("path", ["", "new/", "{pk}/", "{pk}/remove/"])
def test_outsiders_see_and_change_nothing(acme, globex, mallory, page, rule, path):
    path = path.format(pk=rule.pk)
    outsider = Browser(REMOTE_ADDR=OFFICE).enter(globex, mallory)
    assert outsider.get(page + path)["Location"].startswith("/sign-in/")
    own = outsider.post(f"/c/{globex.company_id}/settings/addresses/{path}", {"network": "203.0.113.0/26"})
    assert own.status_code in {302, 404, 405}
    rule.refresh_from_db()
    assert rule.network == "203.0.113.0/24"


def test_in_chinese(acme, alice, alice_here, page, rule):
    with acme.entered():
        Agent.objects.filter(pk=alice.pk).update(language="zh-hans")
    for path in ("", "new/", f"{rule.pk}/remove/"):
        assert "登录地址" in alice_here.get(page + path).text
