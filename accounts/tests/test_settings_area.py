import pytest
from django.urls import resolve

from accounts import settings_area
from accounts.access import needs_of
from accounts.testing import Browser


@pytest.fixture
def address(acme):
    return f"/c/{acme.company_id}/settings/"


def test_each_page_asks_for_what_its_entry_says(acme, alice):
    with acme.entered():
        entries = [one for _, pages in settings_area.seen_by(alice, acme) for one in pages]
    assert len(entries) == len(settings_area.everything())
    for entry in entries:
        needs = needs_of(resolve(entry.url).func)
        if needs is not None:
            assert needs.capability == entry.page.capability


def test_everybody_sees_what_they_may_open_and_nothing_else(acme, alice, bob, address):
    of_alice, of_bob = (Browser().enter(acme, agent).get(address).text for agent in (alice, bob))
    assert f"{address}presence/" in of_alice
    assert f"{address}audit/" in of_alice
    assert f"{address}presence/" not in of_bob
    assert f"{address}audit/" not in of_bob
    assert f"{address}me/" in of_bob


def main_of(page):
    return page.partition("<main")[2]


@pytest.mark.parametrize("query", ["snippet", "SITE code", "one line"])
def test_a_search_finds_by_title_sentence_and_other_words(acme, alice, address, query):
    found = main_of(Browser().enter(acme, alice).get(address, {"q": query}).text)
    assert f"{address}snippet/" in found
    assert f"{address}presence/" not in found


def test_nothing_that_fits_is_told(acme, alice, address):
    page = Browser().enter(acme, alice).get(address, {"q": "xyzzy <b>"}).text
    assert "Nothing fits" in page
    assert "xyzzy <b>" not in page


def test_a_search_finds_nothing_that_one_may_not_open(acme, bob, address):
    found = main_of(Browser().enter(acme, bob).get(address, {"q": "audit"}).text)
    assert f"{address}audit/" not in found


def test_a_page_below_another_is_told_to_be_in_it(acme, alice, address):
    page = Browser().enter(acme, alice).get(f"{address}agents/new/").text
    assert f'href="{address}agents/" aria-current="true"' in page
