"""What colleagues tell each other arrives at once, and in nobody's way; what one says of oneself is seen at once."""

import io
import re

from PIL import Image
from playwright.sync_api import FilePayload, expect

from e2e import axe
from e2e.cast import Cast


def test_a_notice_is_seen_at_once_and_read_where_one_is(cast: Cast) -> None:
    company_id = str(cast.stack.demo["company_id"])
    alice, bob = cast.signed_in("alice"), cast.signed_in("bob")
    typing = bob.page.get_by_role("searchbox").first
    typing.fill("half a ")
    alice.goes_to(company_id, "notices/new/")
    alice.page.get_by_label("Title", exact=True).fill("Tonight")
    alice.page.get_by_label("Text", exact=True).fill("We close at six, see https://acme.example/hours")
    alice.page.get_by_role("button", name="Publish").click()
    expect(alice.page.get_by_role("main")).to_contain_text("Not yet read by")

    told = bob.page.get_by_role("status").get_by_text("New notice: Tonight")
    expect(told).to_be_visible()
    typing.press_sequentially("word")
    expect(typing).to_have_value("half a word")
    menu = bob.page.locator(".notices-menu")
    expect(menu.locator("summary")).to_contain_text("1")
    bob.page.get_by_role("status").get_by_role("button", name="Read").click()
    expect(menu.get_by_role("link", name="https://acme.example/hours")).to_be_visible()
    assert axe.violations(bob.page.main_frame) == []
    menu.get_by_role("button", name="Mark as read").click()
    expect(menu.locator("summary")).to_contain_text("0")
    alice.page.reload()
    readers = alice.page.get_by_role("region", name=re.compile("^Read by"))
    expect(readers).to_contain_text("Bob")

    bob.goes_to(company_id, "notices/")
    expect(bob.page.get_by_role("main")).to_contain_text("We close at six")
    assert axe.violations(bob.page.main_frame) == []
    expect(menu.locator("summary")).to_contain_text("0")
    alice.page.get_by_text("Withdraw", exact=True).first.click()
    alice.page.get_by_role("button", name="Withdraw").click()
    expect(alice.page.get_by_role("main")).to_contain_text("withdrawn")
    expect(bob.page.get_by_role("main")).not_to_contain_text("We close at six")
    assert axe.violations(alice.page.main_frame) == []


def test_a_notice_is_published_and_read_by_keyboard_alone(cast: Cast) -> None:
    company_id = str(cast.stack.demo["company_id"])
    alice, bob = cast.signed_in("alice"), cast.signed_in("bob")
    alice.goes_to(company_id, "notices/new/")
    alice.page.get_by_label("Title", exact=True).focus()
    keys = alice.page.keyboard
    keys.type("By keyboard")
    keys.press("Tab")
    keys.type("No mouse was moved")
    alice.page.get_by_role("radio", name="Agents, by name").focus()
    keys.press("Space")
    alice.page.get_by_role("checkbox", name="Bob").focus()
    keys.press("Space")
    alice.page.get_by_role("button", name="Publish").focus()
    keys.press("Enter")
    expect(alice.page.get_by_role("main")).to_contain_text("Not yet read by 1")

    chip = bob.page.locator(".notices-menu summary")
    expect(chip).to_contain_text("1")
    chip.focus()
    bob.page.keyboard.press("Enter")
    bob.page.keyboard.press("Tab")
    expect(bob.page.get_by_role("button", name="Mark as read")).to_be_focused()
    bob.page.keyboard.press("Enter")
    expect(chip).to_contain_text("0")
    chip.focus()
    bob.page.keyboard.press("Escape")
    expect(bob.page.get_by_role("link", name="All notices")).to_be_hidden()
    expect(chip).to_be_focused()


def test_a_picture_is_seen_by_colleagues_at_once(cast: Cast) -> None:
    company_id = str(cast.stack.demo["company_id"])
    bob, alice = cast.signed_in("bob"), cast.signed_in("alice")
    bob.goes_to(company_id, "settings/me/")
    face: FilePayload = {"name": "bob.png", "mimeType": "image/png", "buffer": _drawing()}
    bob.page.get_by_label("Choose a picture").set_input_files(face)
    bob.page.get_by_role("button", name="Use this picture").click()
    expect(bob.page.locator(".avatar--huge img")).to_be_visible()
    assert axe.violations(bob.page.main_frame) == []
    colleague = alice.page.get_by_role("listitem", name="Bob (bob)")
    expect(colleague.locator("img")).to_have_js_property("naturalWidth", 64)
    bob.page.get_by_role("button", name="Remove the picture").click()
    expect(colleague.locator("img")).to_have_count(0)


def _drawing() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (120, 80), "teal").save(drawn, "PNG")
    return drawn.getvalue()
