import html
import re

import pytest
from django.contrib.staticfiles import finders

from accounts import guide
from accounts.testing import Browser

LANGUAGES = ["en", "zh-hans"]


@pytest.fixture
def address(acme):
    return f"/c/{acme.company_id}/help/"


@pytest.fixture
def browser(acme, bob):
    return Browser().enter(acme, bob)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_chapter_of_the_guide_is_a_page(browser, address, bob, language, acme):
    with acme.entered():
        bob.language = language
        bob.save()
    index = browser.get(address).text
    for section in guide.sections(language):
        assert f"{address}guide/{section.slug}/" in index
        page = browser.get(f"{address}guide/{section.slug}/")
        assert page.status_code == 200
        assert html.escape(section.title) in page.text


def test_the_languages_tell_the_same():
    english, chinese = (guide.sections(language) for language in LANGUAGES)
    assert [one.slug for one in english] == [one.slug for one in chinese]
    assert all(ours.title != theirs.title for ours, theirs in zip(english, chinese, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_of_the_guide_are_there(language):
    pictures = [name for one in guide.sections(language) for name in re.findall(r'src="([^"]+)"', one.html)]
    assert pictures
    for picture in pictures:
        assert finders.find(picture.removeprefix("/static/"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_of_the_guide_lead_somewhere(language):
    slugs = {one.slug for one in guide.sections(language)}
    for one in guide.sections(language):
        for href in re.findall(r'<a href="([^"]+)"', one.html):
            assert href.startswith(("https://", "mailto:")) or href.strip("./") in slugs


@pytest.mark.parametrize(
    ("language", "query", "slug"),
    [
        ("en", "SITE code", "put-the-site-code-on-your-website"),
        ("zh-hans", "网站代码", "put-the-site-code-on-your-website"),
    ],
)
def test_the_search_finds_chapters(language, query, slug):
    found = guide.search(language, query)
    assert found[0].section.slug == slug
    assert found[0].excerpt


def test_nothing_that_fits_is_told(browser, address):
    assert "Nothing was found" in browser.get(address, {"q": "xyzzy"}).text


def test_what_is_looked_for_is_text(browser, address):
    assert "<script>alert" not in browser.get(address, {"q": "<script>alert(1)</script>"}).text


def test_a_chapter_that_is_none_is_not_found(browser, address):
    assert browser.get(f"{address}guide/nothing/").status_code == 404


def test_the_version_and_what_changed_in_it_are_told(browser, address):
    page = browser.get(f"{address}news/").text
    assert "You use version" in page
    assert guide.news("en")[0].title in page


def test_strangers_are_led_to_sign_in(address, db):
    assert Browser().get(address).status_code == 302


def test_an_excerpt_begins_and_ends_with_whole_words():
    text = " ".join(f"word{number}" for number in range(100))
    excerpt = guide._excerpt(text, ["word50"])
    assert excerpt.startswith("… word")
    assert set(excerpt.strip("… ").split()) <= set(text.split())
    assert guide._excerpt("字" * 300, ["字"]).count("字") > 60
