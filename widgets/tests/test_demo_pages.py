import json

import pytest

pytestmark = pytest.mark.django_db

PAGES = ["/demo/", "/demo/pricing/", "/demo/shipping/", "/demo/contact/", "/demo/strict/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_each_page_carries_the_demo_company_s_site_code(browser, demo, page, language):
    response = browser.get(page, headers={"accept-language": language})
    code = (
        f'<script async src="http://parley.example:8000/loader.js" data-company="{demo.company_id}"></script>'
    )
    assert response.status_code == 200
    assert response.text.count("<script") == 1
    assert code in response.text
    assert f'<html lang="{"zh-Hans" if language == "zh-hans" else "en"}">' in response.text


@pytest.mark.parametrize("page", PAGES[:-1])
def test_the_pages_link_each_other(browser, demo, page):
    shown = browser.get(page).text
    for other in PAGES[:-1]:
        assert f'href="{other}"' in shown


@pytest.mark.parametrize("page", PAGES[:-1])
def test_like_most_websites_they_have_no_policy(browser, demo, page):
    assert "Content-Security-Policy" not in browser.get(page)


def test_the_strict_page_allows_our_one_origin_and_nothing_inline(browser, demo):
    assert browser.get("/demo/strict/")["Content-Security-Policy"] == "; ".join(
        [
            "default-src 'none'",
            "style-src 'self'",
            "img-src 'self'",
            "script-src http://parley.example:8000",
            "connect-src http://parley.example:8000 ws://parley.example:8000",
            "frame-src http://parley.example:8000",
        ]
    )


@pytest.mark.parametrize("page", [*PAGES, "/demo/nothing-here/"])
def test_without_a_demo_company_there_is_no_demo_website(browser, settings, tmp_path, page):
    settings.DATA_DIR = tmp_path
    assert browser.get(page).status_code == 404


@pytest.mark.parametrize(
    "facts", ["", "{", "[]", '{"company_id": 1}', '{"company_id": "x", "url": "u"}', "null"]
)
def test_what_cannot_be_read_is_no_demo_company(browser, settings, tmp_path, facts):
    (tmp_path / "demo.json").write_text(facts, encoding="utf8")
    settings.DATA_DIR = tmp_path
    response = browser.get("/demo/")
    assert response.status_code == 404
    assert "This installation has no demo company, so it has no demo website either." in response.text


def test_a_page_that_the_website_does_not_have_is_not_there(browser, demo):
    assert browser.get("/demo/nothing-here/").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_they_are_only_read_and_set_no_cookie(browser, demo, page):
    assert browser.post(page).status_code == 405
    assert not browser.get(page).cookies


def test_the_address_of_the_site_code_has_no_path(browser, demo, settings):
    facts = {"company_id": demo.company_id, "url": "https://chat.example/somewhere/"}
    (settings.DATA_DIR / "demo.json").write_text(json.dumps(facts), encoding="utf8")
    assert 'src="https://chat.example/loader.js"' in browser.get("/demo/").text
