import pytest

from accounts import addresses

WRITTEN = {
    "203.0.113.7": "203.0.113.7/32",
    "203.0.113.7/24": "203.0.113.0/24",
    "203.0.113.0/255.255.255.0": "203.0.113.0/24",
    "2001:DB8:0::1": "2001:db8::1/128",
    "2001:db8:1::/33": "2001:db8::/33",
    "::ffff:203.0.113.7": "203.0.113.7/32",
    "::ffff:203.0.113.7/120": "203.0.113.0/24",
    "fe80::1%eth0": "fe80::1/128",
    "fe80::1%eth0/64": "fe80::/64",
    "0.0.0.0/0": "0.0.0.0/0",
    "::/0": "::/0",
}


@pytest.mark.parametrize(("typed", "network"), WRITTEN.items())
def test_a_network_has_one_name_however_it_is_written(typed, network):
    assert str(addresses.network_of(typed)) == network


@pytest.mark.parametrize(
    "typed",
    ["", "office", "203.0.113", "203.0.113.256", "203.0.113.0/33", "10.0.0.0/8/8", "203.0.113.07", "/24"],
)
def test_what_is_none_is_refused(typed):
    with pytest.raises(ValueError):  # noqa: PT011  each says it in other words
        addresses.network_of(typed)


def test_a_network_of_one_is_shown_as_its_address():
    assert addresses.shown("203.0.113.7/32") == "203.0.113.7"
    assert addresses.shown("2001:db8::1/128") == "2001:db8::1"
    assert addresses.shown("2001:db8::/32") == "2001:db8::/32"


@pytest.mark.parametrize(
    ("address", "network", "is_in"),
    [
        ("203.0.113.7", "203.0.113.0/24", True),
        ("203.0.114.7", "203.0.113.0/24", False),
        ("::ffff:203.0.113.7", "203.0.113.0/24", True),
        ("2001:db8::9", "2001:db8::/32", True),
        ("2001:db9::9", "2001:db8::/32", False),
        ("fe80::1%eth0", "fe80::/64", True),
        ("2001:db8::9", "203.0.113.0/24", False),
        ("203.0.113.7", "::/0", False),
        ("", "0.0.0.0/0", False),
        ("unix:", "0.0.0.0/0", False),
    ],
)
def test_an_address_is_in_a_network_or_not(address, network, is_in):
    assert addresses.within(address, [network]) is is_in


def test_all_of_one_customer_count_as_one():
    assert addresses.network("2001:db8::1") == addresses.network("2001:db8::ffff")
    assert addresses.network("203.0.113.7") != addresses.network("203.0.113.8")
    assert addresses.network("::ffff:203.0.113.7") == addresses.network("203.0.113.7")
    assert addresses.network("nowhere") == "nowhere"
