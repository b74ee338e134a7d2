"""What one address may have of a process."""

import pytest

from chat import errors
from chat.crowds import Crowds

SOMEWHERE, ELSEWHERE = "8.8.8.8", "9.9.9.9"


@pytest.fixture(autouse=True)
def bounds(settings):
    settings.VISITOR_SOCKETS_PER_ADDRESS = 3
    settings.NEW_VISITORS_PER_SECOND = 0.001
    settings.NEW_VISITORS_AT_ONCE = 2


def test_sockets_of_one_address_are_bounded_and_given_back():
    crowds = Crowds()
    for _ in range(3):
        crowds.enter(SOMEWHERE, is_new=False)
    with pytest.raises(errors.TooManyFromHere):
        crowds.enter(SOMEWHERE, is_new=False)
    crowds.enter(ELSEWHERE, is_new=False)
    crowds.leave(SOMEWHERE)
    crowds.enter(SOMEWHERE, is_new=False)


def test_new_visitors_of_one_address_are_bounded_and_others_are_not():
    crowds = Crowds()
    for _ in range(2):
        crowds.enter(SOMEWHERE, is_new=True)
        crowds.leave(SOMEWHERE)
    with pytest.raises(errors.TooManyFromHere):
        crowds.enter(SOMEWHERE, is_new=True)
    crowds.enter(SOMEWHERE, is_new=False)
    crowds.enter(ELSEWHERE, is_new=True)


def test_all_addresses_of_one_ipv6_network_are_one():
    crowds = Crowds()
    for number in range(3):
        crowds.enter(f"2a00:1450:4001:81b::{number}", is_new=False)
    with pytest.raises(errors.TooManyFromHere):
        crowds.enter("2a00:1450:4001:81b:ffff::1", is_new=False)
    crowds.enter("2a00:1450:4001:81c::1", is_new=False)
    crowds.leave("2a00:1450:4001:81b::2")
    crowds.enter("2a00:1450:4001:81b:ffff::1", is_new=False)


@pytest.mark.parametrize("address", ["127.0.0.1", "172.18.0.2", "::1", ""])
def test_local_networks_are_not_counted(address):
    crowds = Crowds()
    for _ in range(10):
        crowds.enter(address, is_new=True)


def test_who_has_gone_leaves_nothing(monkeypatch):
    monkeypatch.setattr("chat.crowds._REMEMBERED", 5)
    crowds = Crowds()
    for number in range(20):
        crowds.enter(f"8.8.8.{number}", is_new=True)
        crowds.leave(f"8.8.8.{number}")
    assert not crowds._sockets
    assert len(crowds._new) == 5
