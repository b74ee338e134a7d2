"""Where an address is, from data on this machine alone."""

import ipaddress

import pytest

from core import geo
from core.geo import Location, countries, world


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("202.96.134.133", Location("CN", "广东省", "深圳市", "电信")),
        ("223.5.5.5", Location("CN", "浙江省", "杭州市", "阿里云")),
        ("221.130.33.52", Location("CN", "北京", "北京市", "移动")),
        ("1.36.0.1", Location("CN", "香港", "", "电讯盈科")),
        ("8.8.8.8", Location("US", "", "", "Level3")),
        ("133.11.0.1", Location("JP", "东京都", "东京", "")),
        ("::ffff:202.96.134.133", Location("CN", "广东省", "深圳市", "电信")),
    ],
)
def test_an_address_has_a_place_and_a_carrier(address, location):
    assert geo.find(address) == location


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::1",
        "10.1.2.3",
        "192.168.0.7",
        "172.18.0.2",
        "100.64.0.1",
        "fe80::1",
        "",
        "unix",
        "1.2.3",
    ],
)
def test_a_local_network_is_nowhere(address):
    assert geo.find(address) == geo.NOWHERE
    assert geo.is_local(address)


def test_an_address_of_the_internet_is_not_local():
    assert not geo.is_local("8.8.8.8")
    assert not geo.is_local("2400:3200::1")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("中国", "CN"),
        ("美国", "US"),
        ("韩国", "KR"),
        ("阿联酋", "AE"),
        ("英国", "GB"),
        ("欧洲", ""),
        ("亚太地区", ""),
    ],
)
def test_countries_have_codes_and_continents_none(name, code):
    assert countries.code(name) == code


class File:
    """A file in MaxMind's format."""

    def __init__(self, found):
        self.found = found

    def get(self, ip):
        if isinstance(ip, ipaddress.IPv6Address) and self.found is ValueError:
            raise ValueError
        return self.found


@pytest.fixture
def file(monkeypatch, settings):
    def put(found):
        geo.find.cache_clear()
        monkeypatch.setattr(world, "_opened", lambda path: File(found))

    yield put
    geo.find.cache_clear()


BERLIN = {
    "country": {"iso_code": "DE", "names": {"en": "Germany"}},
    "subdivisions": [{"names": {"en": "Land Berlin"}}],
    "city": {"names": {"en": "Berlin"}},
    "isp": "Example Net",
}


def test_a_file_of_ones_own_tells_of_the_world_and_of_ipv6(file):
    file(BERLIN)
    assert geo.find("5.9.1.1") == Location("DE", "Land Berlin", "Berlin", "Example Net")
    assert geo.find("2a01:4f8::1") == Location("DE", "Land Berlin", "Berlin", "Example Net")


def test_of_china_the_packaged_data_know_more(file):
    file(BERLIN)
    assert geo.find("202.96.134.133").city == "深圳市"


def test_what_the_file_does_not_know_the_packaged_data_may(file):
    file(None)
    assert geo.find("8.8.8.8").country == "US"
    file(ValueError)
    assert geo.find("2400:3200::1") == geo.NOWHERE


def test_a_file_that_cannot_be_read_is_said_once(settings, caplog, tmp_path):
    broken = tmp_path / "broken.mmdb"
    broken.write_bytes(b"nothing")
    world._opened.cache_clear()
    for path in (str(broken), str(broken), str(tmp_path / "none.mmdb")):
        settings.GEO_MMDB = path
        assert world.find(ipaddress.ip_address("8.8.8.8")) is None
    assert caplog.text.count("cannot be read") == 2
    world._opened.cache_clear()
