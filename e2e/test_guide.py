"""The pictures of the user guide, taken from the real pages: `make guide`."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.cast import Cast
from e2e.test_pictures import TALK
from e2e.words import CHINESE, ENGLISH, Words

FOLDER = Path(__file__).parent.parent / "docs" / "images"
SIZE = {"width": 1280, "height": 760}
#: Name of a picture and the page it shows, as an administrator sees it.
PAGES = {
    "settings": "settings/",
    "agents": "settings/agents/",
    "roles": "settings/roles/",
    "groups": "settings/groups/",
    "notices": "notices/",
    "two-step": "settings/security/",
    "audit-log": "settings/audit/",
    "plan": "settings/plan/",
    "first-hour": "help/start/",
}

pytestmark = pytest.mark.skipif(
    not os.environ.get("PARLEY_GUIDE"), reason="Only `make guide` takes pictures."
)


@pytest.mark.parametrize("words", [ENGLISH, CHINESE], ids=["en", "zh-hans"])
def test_pictures_of_the_guide(cast: Cast, words: Words) -> None:
    bob, vera = cast.signed_in("bob", words), cast.on_the_demo_website(words)
    question, answer, another = TALK[words]
    vera.says(question)
    bob.accepts()
    bob.says(answer)
    expect(vera.log).to_contain_text(answer)
    cast.on_the_demo_website(words).says(another)
    expect(bob.requests).to_have_count(1)
    take(bob.page, "workspace", words)
    take(vera.page, "website", words)
    alice = cast.signed_in("alice", words)
    for name, path in PAGES.items():
        alice.goes_to(str(cast.stack.demo["company_id"]), path)
        alice.page.wait_for_load_state("networkidle")
        take(alice.page, name, words)


def take(page: Page, name: str, words: Words) -> None:
    page.set_viewport_size({"width": SIZE["width"], "height": SIZE["height"]})
    page.wait_for_timeout(300)
    ending = "" if words is ENGLISH else ".zh-hans"
    page.screenshot(path=FOLDER / f"{name}{ending}.png")
