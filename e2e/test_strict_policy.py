"""Websites whose Content-Security-Policy allows our one origin, and does not name the socket's."""

import pytest
from playwright.sync_api import Browser, expect

from e2e.cast import Cast
from e2e.people import Visitor
from e2e.site import Site


@pytest.mark.parametrize("directives", ["script-src frame-src connect-src", "script-src frame-src"])
def test_our_one_origin_is_enough(cast: Cast, browsers: tuple[Browser, Browser], directives: str) -> None:
    demo = cast.stack.demo
    origin = demo["url"].rstrip("/")
    code = f'<script async src="{origin}/loader.js" data-company="{demo["company_id"]}"></script>'
    allowed = "; ".join(f"{directive} {origin}" for directive in directives.split())
    cast.signed_in("bob")
    # Not of the cast: that the browser tells of the refused socket is expected here.
    context = browsers[0].new_context(locale="en-GB")
    with Site(code, allowed) as site:
        vera = Visitor(context.new_page())
        vera.visits(site.url())
        vera.opens_chat()
        expect(vera.page.locator("html > iframe")).to_have_attribute(
            "src", f"{origin}/w/{demo['company_id']}/line/#1"
        )
        vera.says("vera 1")
        expect(vera.mark_of("vera 1")).to_have_accessible_name("Sent")
        vera.page.get_by_role("link", name="Prices").click()
        expect(vera.log).to_contain_text("vera 1")
        vera.says("vera 2")
        expect(vera.mark_of("vera 2")).to_have_accessible_name("Sent")
        # Whoever tests next finds nobody waiting.
        vera.ends_chat()
    context.close()
