"""The chat window, and the line for websites whose own policy lets no socket through."""

import pytest

from companies.models import Company

pytestmark = pytest.mark.django_db

PAGES = ["window", "line"]


@pytest.fixture(params=PAGES)
def address(request, acme) -> str:
    return f"/w/{acme.company_id}/{request.param}/"


def policy_of(response) -> dict[str, str]:
    lines = (line.strip().partition(" ") for line in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, _, sources in lines}


def test_any_website_may_carry_it_while_none_is_listed(browser, address):
    assert policy_of(browser.get(address))["frame-ancestors"] == "*"


def test_only_the_company_s_websites_may_carry_it_once_they_are_listed(browser, address, acme):
    Company.objects.filter(pk=acme.pk).update(sites=["https://acme.example", "http://127.0.0.1:9000"])
    carriers = policy_of(browser.get(address))["frame-ancestors"]
    assert carriers == "'self' https://acme.example http://127.0.0.1:9000"


def test_no_other_header_forbids_the_frame(browser, address):
    assert "X-Frame-Options" not in browser.get(address)


def test_it_may_be_carried_by_websites_that_isolate_themselves(browser, address):
    response = browser.get(address)
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Cross-Origin-Embedder-Policy"] == "require-corp"


def test_it_sets_no_cookie(browser, address):
    assert not browser.get(address).cookies


def test_it_loads_from_us_alone_and_talks_with_us_alone(browser, address):
    policy = policy_of(browser.get(address))
    assert policy.pop("frame-ancestors") == "*"
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self' ws://testserver",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_over_https_its_socket_is_secure_as_well(browser, address):
    policy = policy_of(browser.get(address, secure=True))
    assert policy["connect-src"] == "'self' wss://testserver"


def test_it_is_kept_for_a_minute(browser, address):
    assert browser.get(address)["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("company_id", ["10000000", "1", "99999999999999999999"])
def test_for_a_company_that_is_not_there_neither_is_it(browser, page, company_id):
    assert browser.get(f"/w/{company_id}/{page}/").status_code == 404


def test_it_is_only_read(browser, address):
    assert browser.post(address).status_code == 405


def test_the_window_names_the_company_and_its_websites(browser, acme):
    Company.objects.filter(pk=acme.pk).update(
        name='Acme "<&', sites=["https://a.example", "https://b.example"]
    )
    page = browser.get(f"/w/{acme.company_id}/window/").text
    assert f'data-company="{acme.company_id}"' in page
    assert 'data-name="Acme &quot;&lt;&amp;"' in page
    assert 'data-sites="https://a.example https://b.example"' in page
    assert "<title>Acme &quot;&lt;&amp;</title>" in page


def test_the_line_leads_to_the_company_s_visitor_socket(browser, acme):
    page = browser.get(f"/w/{acme.company_id}/line/").text
    assert f'data-path="/live/c/{acme.company_id}/visitor"' in page


def test_an_unconfirmed_company_s_page_comes_and_its_socket_says_no(browser, address, acme, travel):
    """The page asks nothing of the company; the refusal, in words, is the socket's."""
    Company.objects.filter(pk=acme.pk).update(confirmed_at=None)
    travel(days=8)
    assert not Company.objects.get(pk=acme.pk).is_usable
    assert browser.get(address).status_code == 200
