"""Pictures for people to look at: `PARLEY_SCREENSHOTS=folder make e2e`."""

import os
import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from e2e import pages
from e2e.cast import Cast
from e2e.words import CHINESE, ENGLISH, Words

FOLDER = os.environ.get("PARLEY_SCREENSHOTS")
TALK = {
    ENGLISH: (
        "Hello, does the tent come in green?",
        "It does. Shall I put one aside?",
        "Do you ship to Norway?",
    ),
    CHINESE: ("您好，这款帐篷有绿色的吗？", "有的，需要为您留一顶吗？", "请问可以寄到西藏吗？"),
}
SIZES = {1440: 900, 390: 844}

pytestmark = pytest.mark.skipif(not FOLDER, reason="PARLEY_SCREENSHOTS names no folder.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("words", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_pictures_of_every_page(cast: Cast, words: Words, scheme: Literal["light", "dark"]) -> None:
    cast.forgive("404")
    name = f"{words.locale[:2]}-{scheme}"
    bob, vera = cast.signed_in("bob", words), cast.on_the_demo_website(words)
    question, answer, another = TALK[words]
    vera.says(question)
    bob.accepts()
    bob.says(answer)
    expect(vera.log).to_contain_text(answer)
    cast.on_the_demo_website(words).says(another)
    expect(bob.requests).to_have_count(1)
    alice = cast.signed_in("alice", words)
    for each in (alice, bob, vera):
        each.page.emulate_media(color_scheme=scheme)
    take(bob.page, f"{name}-conversation")
    take(vera.page, f"{name}-website")
    for url in pages.public(cast.stack) + pages.of_the_demo_company(cast.stack):
        alice.page.goto(url)
        alice.page.wait_for_load_state("networkidle")
        take(alice.page, f"{name}-{name_of(url)}")


def name_of(url: str) -> str:
    return "-".join(re.findall(r"[a-z][a-z-]+", urlsplit(url).path)) or "home"


def take(page: Page, name: str) -> None:
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(200)
        page.screenshot(path=Path(FOLDER or "") / f"{name}-{width}.png")
