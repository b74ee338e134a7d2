import re

from playwright.sync_api import expect

from e2e.cast import Cast
from e2e.people import said


def test_several_conversations_each_with_its_draft(cast: Cast) -> None:
    bob = cast.signed_in("bob")
    vera, victor = cast.on_the_demo_website(), cast.on_the_demo_website()
    vera.says("vera 1")
    bob.accepts()
    bob.message.fill("To Vera, not sent yet")
    victor.says("victor 1")
    expect(bob.requests).to_have_count(1)
    bob.accepts()
    expect(bob.log).to_contain_text("victor 1")
    expect(bob.message).to_have_value("")
    bob.page.reload()
    bob.own_conversations.filter(has_text="To Vera").click()
    expect(bob.message).to_have_value("To Vera, not sent yet")
    expect(bob.log).to_contain_text("vera 1")
    assert said(bob.log) == ["vera 1"]


def test_what_is_unread_is_counted_and_one_click_away(cast: Cast) -> None:
    bob = cast.signed_in("bob")
    vera, victor = cast.on_the_demo_website(), cast.on_the_demo_website()
    for visitor in (vera, victor):
        visitor.says("Hello")
        expect(bob.requests).to_have_count(1)
        bob.accepts()
        expect(bob.requests).to_have_count(0)
    vera.says("vera 1")
    vera.says("vera 2")
    chip = bob.page.get_by_role("button", name="New messages 2")
    expect(bob.own_conversations.filter(has_text="vera 2")).to_have_accessible_name(re.compile("2 unread"))
    chip.click()
    expect(bob.log).to_contain_text("vera 2")
    assert said(bob.log) == ["vera 1", "vera 2"]
    expect(chip).to_have_count(0)


def test_the_keyboard_accepts_writes_and_sends(cast: Cast) -> None:
    bob, vera = cast.signed_in("bob"), cast.on_the_demo_website()
    vera.message.press_sequentially("vera 1")
    vera.message.press("Enter")
    bob.requests.first.focus()
    bob.page.keyboard.press("Enter")
    expect(bob.message).to_be_focused()
    bob.page.keyboard.type("bob 1")
    bob.page.keyboard.press("Shift+Enter")
    bob.page.keyboard.type("bob 2")
    bob.page.keyboard.press("Enter")
    expect(vera.log).to_contain_text("bob 2")
    assert said(vera.log) == ["vera 1", "bob 1", "bob 2"]


def test_an_agent_answers_from_a_phone(cast: Cast) -> None:
    bob = cast.signed_in("bob")
    bob.page.set_viewport_size({"width": 390, "height": 844})
    vera = cast.on_the_demo_website()
    vera.says("vera 1")
    bob.accepts()
    expect(bob.log).to_contain_text("vera 1")
    bob.says("bob 1")
    expect(vera.log).to_contain_text("bob 1")
    bob.page.get_by_role("button", name="Back").click()
    expect(bob.grid).to_be_visible()
    width = bob.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


def test_colleagues_see_the_status_that_visitors_go_by(cast: Cast) -> None:
    bob, alice = cast.signed_in("bob"), cast.signed_in("alice")
    bob.chooses_status("Busy")
    expect(alice.page.get_by_role("listitem", name="Bob (bob)")).to_contain_text("Busy")
    bob.page.reload()
    expect(bob.status).to_contain_text("Busy")
    bob.chooses_status("Online")
    expect(alice.page.get_by_role("listitem", name="Bob (bob)")).to_contain_text("Online")
