import pytest
from playwright.sync_api import expect

from e2e import firefox
from e2e.cast import Cast


def test_a_visitor_with_firefox_talks_with_an_agent(cast: Cast) -> None:
    executable = firefox.find()
    if not executable:
        pytest.skip("There is no Firefox on this machine (Debian: apt-get install firefox-esr).")
    bob = cast.signed_in("bob")
    with firefox.Firefox(executable) as browser:
        page = browser.tab(cast.stack.demo["demo_url"])
        page.click("button", "Chat with us")
        window = page.frame("Chat")
        window.type("textbox", "Message", "vera 1")
        window.click("button", "Send")
        bob.accepts()
        expect(bob.log).to_contain_text("vera 1")
        bob.says("bob 1")
        window.wait_for_text("bob 1")
        assert browser.errors == []
        bob.ends()
