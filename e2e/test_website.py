"""The button and the window on other people's pages."""

from playwright.sync_api import expect

from e2e.cast import Cast
from e2e.people import Visitor, said
from e2e.site import Site


def test_the_window_follows_the_visitor_from_page_to_page(cast: Cast, site: Site) -> None:
    """The site's Content-Security-Policy allows nothing but what our settings say it must."""
    vera = cast.visitor()
    vera.visits(site.url())
    vera.opens_chat()
    vera.says("vera 1")
    expect(vera.log).to_contain_text("vera 1")
    vera.page.get_by_role("link", name="Prices").click()
    expect(vera.page.get_by_role("heading", name="Prices")).to_be_visible()
    expect(vera.log).to_contain_text("vera 1")
    vera.says("vera 2")
    expect(vera.mark_of("vera 2")).to_have_accessible_name("Sent")


def test_two_tabs_show_one_conversation(cast: Cast, site: Site) -> None:
    vera = cast.visitor()
    vera.visits(site.url())
    vera.opens_chat()
    vera.says("vera 1")
    expect(vera.mark_of("vera 1")).to_have_accessible_name("Sent")
    second = Visitor(vera.page.context.new_page())
    second.visits(site.url("/about"))
    expect(second.log).to_contain_text("vera 1")
    second.says("vera 2")
    expect(vera.log).to_contain_text("vera 2")
    assert said(vera.log) == said(second.log) == ["vera 1", "vera 2"]


def test_what_is_pending_survives_a_reload(cast: Cast, site: Site) -> None:
    vera = cast.visitor()
    vera.visits(site.url())
    vera.opens_chat()
    vera.says("vera 1")
    expect(vera.mark_of("vera 1")).to_have_accessible_name("Sent")
    with cast.stack.frozen("live"):
        vera.says("vera 2")
        expect(vera.mark_of("vera 2")).to_have_accessible_name("On its way")
        vera.page.reload(wait_until="commit")
    expect(vera.mark_of("vera 2")).to_have_accessible_name("Sent")
    assert said(vera.log) == ["vera 1", "vera 2"]


def test_a_policy_that_names_our_one_origin_suffices(cast: Cast, site: Site) -> None:
    """By the letter of the standard it lets no WebSocket through, and the browser says so once."""
    cast.forgive("violates the following Content Security Policy directive")
    bob, origin = cast.signed_in("bob"), cast.stack.url
    allowed = f"script-src {origin}; connect-src {origin}; frame-src {origin}"
    with Site(site.code, allowed) as strict:
        vera = cast.visitor()
        vera.visits(strict.url())
        vera.opens_chat()
        vera.says("vera 1")
        bob.accepts()
        bob.says("bob 1")
        expect(vera.log).to_contain_text("bob 1")
        vera.page.get_by_role("link", name="About us").click()
        vera.says("vera 2")
        expect(bob.log).to_contain_text("vera 2")
        assert said(vera.log) == said(bob.log) == ["vera 1", "bob 1", "vera 2"]
        vera.ends_chat()
