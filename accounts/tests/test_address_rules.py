"""Which networks a company's agents may come from: added, edited, removed."""

import contextlib

import pytest
from django.db import transaction

from accounts import acting, errors, sessions
from accounts.models import AddressRule, AuditEntry
from accounts.services import address_rules
from accounts.signals import access_rules_changed

pytestmark = pytest.mark.django_db

OFFICE = "203.0.113.7"
HOME = "198.51.100.9"


@pytest.fixture
def told(in_acme):
    heard = []

    def hear(*, networks, **kwargs):
        heard.append(networks)

    access_rules_changed.connect(hear)
    yield heard
    access_rules_changed.disconnect(hear)


def add(network, remark="", present=OFFICE):
    return address_rules.add(network=network, remark=remark, present=present)


def test_without_any_everybody_is_admitted():
    assert address_rules.admit("", [])
    assert address_rules.admit(HOME, [])


def test_with_one_only_those_in_it_are(told):
    add("203.0.113.0/24")
    assert address_rules.admit(OFFICE, address_rules.networks())
    assert not address_rules.admit(HOME, address_rules.networks())
    address_rules.check(OFFICE)
    with pytest.raises(errors.AddressNotAllowed) as refused:
        address_rules.check(HOME)
    assert HOME in refused.value.message
    assert told == [["203.0.113.0/24"]]


def test_one_cannot_lock_oneself_out(told):
    with pytest.raises(errors.WouldLockYouOut) as refused:
        add("198.51.100.0/24")
    assert OFFICE in refused.value.message
    assert not AddressRule.objects.exists()
    assert not told


def test_not_by_editing_either(told):
    rule = add("203.0.113.0/24")
    with pytest.raises(errors.WouldLockYouOut):
        address_rules.edit(rule, network="198.51.100.0/24", remark="", present=OFFICE)
    assert address_rules.networks() == ["203.0.113.0/24"]


def test_nor_by_removing(told):
    office = add("203.0.113.0/24")
    home = add("198.51.100.9/32")
    with pytest.raises(errors.WouldLockYouOut):
        address_rules.remove(office, present=OFFICE)
    address_rules.remove(home, present=OFFICE)
    assert address_rules.networks() == ["203.0.113.0/24"]


def test_the_last_one_may_go_since_then_all_are_let_in(told):
    address_rules.remove(add("203.0.113.0/24"), present=OFFICE, is_last=True)
    assert told[-1] == []


def test_it_goes_only_if_that_is_meant(told):
    """It may have become the last one since the page was made."""
    rule = add("203.0.113.0/24")
    with pytest.raises(errors.LastNetwork):
        address_rules.remove(rule, present=OFFICE)
    assert address_rules.networks() == ["203.0.113.0/24"]


def test_somebody_whose_address_is_unknown_adds_none(told):
    with pytest.raises(errors.WouldLockYouOut):
        add("203.0.113.0/24", present="")


def test_a_network_stands_there_once(told):
    add("203.0.113.0/24")
    with pytest.raises(errors.NetworkListed):
        add("203.0.113.0/24")


def test_there_is_a_most(told, monkeypatch):
    monkeypatch.setattr(address_rules, "AT_MOST", 1)
    add("203.0.113.0/24")
    with pytest.raises(errors.TooManyAddressRules):
        add("198.51.100.0/24")


def test_each_change_stands_in_the_log(told, alice):
    with acting.acting(acting.agent(alice, OFFICE)):
        rule = add("203.0.113.0/24", "office")
        address_rules.edit(rule, network="203.0.113.0/25", remark="office", present=OFFICE)
        address_rules.remove(rule, present=OFFICE, is_last=True)
    entries = AuditEntry.objects.filter(action__startswith="address_rule.").order_by("pk")
    assert [(entry.action, entry.by_name, entry.changes["network"]) for entry in entries] == [
        ("address_rule.added", "Alice", ["", "203.0.113.0/24"]),
        ("address_rule.edited", "Alice", ["203.0.113.0/24", "203.0.113.0/25"]),
        ("address_rule.removed", "Alice", ["203.0.113.0/25", ""]),
    ]


def test_saving_what_is_there_already_changes_nothing(told):
    rule = add("203.0.113.0/24", "office")
    before = AuditEntry.objects.count()
    address_rules.edit(rule, network="203.0.113.0/24", remark="office", present=OFFICE)
    assert AuditEntry.objects.count() == before
    assert len(told) == 1


def test_of_one_that_fails_nobody_hears(told, published, commit):
    with commit():
        _add_and_fail()
    assert not published
    assert not AddressRule.objects.exists()


def _add_and_fail():
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        add("203.0.113.0/24")
        1 / 0  # noqa: B018


def test_those_within_another_are_named():
    rules = [
        "10.0.0.0/8",
        "10.1.0.0/16",
        "10.1.2.0/24",
        "10.200.0.0/16",
        "11.0.0.0/8",
        "2001:db8::/32",
        "2001:db8::1/128",
    ]
    assert address_rules.overlaps(rules) == {
        "10.1.0.0/16": "10.0.0.0/8",
        "10.1.2.0/24": "10.1.0.0/16",
        "10.200.0.0/16": "10.0.0.0/8",
        "2001:db8::1/128": "2001:db8::/32",
    }


def test_it_is_known_whose_sign_in_would_end(acme, told, alice, bob, carol):
    for agent, address in [(alice, OFFICE), (bob, HOME), (bob, OFFICE), (carol, "")]:
        sessions.begin(acme, agent, remembered=False, device=sessions.Device(address, ""))
    assert address_rules.would_go(["203.0.113.0/24"]) == [bob]
    assert address_rules.would_go(["198.51.100.0/24"]) == [alice, bob]
    assert address_rules.would_go([]) == []


def test_another_company_has_its_own(told, globex):
    add("203.0.113.0/24")
    with globex.entered():
        assert address_rules.networks() == []
        address_rules.check(HOME)


def test_all_can_be_removed_at_once(told):
    add("203.0.113.0/24")
    add("198.51.100.0/24")
    assert address_rules.remove_all() == 2
    assert address_rules.networks() == []
    assert told[-1] == []
    assert AuditEntry.objects.get(action="address_rule.all_removed").by_kind == "system"
    assert address_rules.remove_all() == 0
