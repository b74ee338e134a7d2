import pytest

from companies.models import Company
from widgets import errors, origins
from widgets.services import sites


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://www.example.com", "https://www.example.com"),
        ("  https://www.example.com/  ", "https://www.example.com"),
        ("HTTPS://WWW.Example.COM/a/b?c=d#e", "https://www.example.com"),
        ("https://example.com:443", "https://example.com"),
        ("http://example.com:80", "http://example.com"),
        ("http://example.com:443", "http://example.com:443"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.1:8000/demo/", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("https://中文.example", "https://xn--fiq228c.example"),
    ],
)
def test_a_website_is_written_as_browsers_name_its_origin(typed, origin):
    assert origins.parse(typed) == origin


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "example.com",
        "//example.com",
        "ftp://example.com",
        "javascript:alert(1)",
        "https://",
        "https://exa mple.com",
        "https://example.com:port",
        "https://example.com:99999",
        "https://vera@example.com",
        "https://*.example.com",
        "https://-example.com",
        "https://example..com",
        "https://example.com;script-src *",
        "https://[::1",
        "https://" + "a" * 64 + ".example",
        "*",
        "'none'",
    ],
)
def test_what_names_no_website_is_refused(typed):
    with pytest.raises(errors.SiteInvalid) as refused:
        origins.parse(typed)
    assert refused.value.field == "sites"
    assert refused.value.message.startswith(f"“{typed}” is not the address of a website.")


@pytest.mark.parametrize(
    ("origin", "socket"),
    [("https://chat.example", "wss://chat.example"), ("http://a.example:1", "ws://a.example:1")],
)
def test_sockets_have_an_address_of_their_own(origin, socket):
    assert origins.of_sockets(origin) == socket


def test_each_website_is_listed_once_in_the_order_given(acme):
    typed = ["https://b.example/x", "https://a.example", "https://B.example"]
    sites.set_sites(acme, typed)
    assert Company.objects.get(pk=acme.pk).sites == ["https://b.example", "https://a.example"]


def test_one_wrong_website_changes_nothing(acme):
    with pytest.raises(errors.SiteInvalid):
        sites.set_sites(acme, ["https://a.example", "wrong"])
    assert Company.objects.get(pk=acme.pk).sites == []


def test_another_company_s_list_stays(acme, globex):
    sites.set_sites(acme, ["https://a.example"])
    assert Company.objects.get(pk=globex.pk).sites == []
