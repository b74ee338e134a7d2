import re
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from e2e import axe, pages
from e2e.cast import Cast
from e2e.words import CHINESE

Scheme = Literal["light", "dark"]
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


@SCHEMES
def test_axe_has_nothing_against_public_pages(cast: Cast, scheme: Scheme) -> None:
    cast.forgive("404")
    page = cast.visitor().page
    page.emulate_media(color_scheme=scheme)
    for url in pages.public(cast.stack):
        page.goto(url)
        expect(page.get_by_role("main")).to_be_visible()
        assert_nothing_against(page)


@SCHEMES
def test_axe_has_nothing_against_agents_pages(cast: Cast, scheme: Scheme) -> None:
    alice = cast.signed_in("alice")
    alice.page.emulate_media(color_scheme=scheme)
    for url in pages.of_the_demo_company(cast.stack):
        alice.page.goto(url)
        expect(alice.page.get_by_role("main")).to_be_visible()
        assert_nothing_against(alice.page)


@SCHEMES
def test_axe_has_nothing_against_a_conversation(cast: Cast, scheme: Scheme) -> None:
    bob, vera = cast.talking()
    for each in (bob, vera):
        each.page.emulate_media(color_scheme=scheme)
        assert_nothing_against(each.page)


def test_every_page_speaks_chinese(cast: Cast) -> None:
    cast.forgive("404")
    alice = cast.signed_in("alice", CHINESE)
    for url in pages.public(cast.stack) + pages.of_the_demo_company(cast.stack):
        alice.page.goto(url)
        expect(alice.page.locator("html")).to_have_attribute("lang", re.compile("^zh"))
        expect(alice.page.get_by_role("main")).to_contain_text(re.compile("[\u4e00-\u9fff]"))


def test_one_chooses_the_language(cast: Cast) -> None:
    page = cast.visitor().page
    page.goto(cast.stack.url)
    page.get_by_role("button", name="简体中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("与网站上的访客对话")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Talk with the people on your website")


@pytest.mark.parametrize(
    ("language", "button"), [("简体中文", "发送"), ("繁體中文", "傳送"), ("English", "Send")]
)
def test_a_visitor_chooses_the_windows_language(cast: Cast, language: str, button: str) -> None:
    cast.signed_in("bob")
    vera = cast.on_the_demo_website()
    vera.window.get_by_label("Language").select_option(language)
    expect(vera.page.frame_locator("iframe").get_by_role("button", name=button, exact=True)).to_be_visible()


def assert_nothing_against(page: Page) -> None:
    for frame in page.frames:
        assert axe.violations(frame) == [], frame.url
