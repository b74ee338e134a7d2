"""The visitor queue: who comes, moves and leaves, and how one looks at it."""

import re

from playwright.sync_api import Locator, expect

from e2e import axe
from e2e.cast import Cast
from e2e.people import Agent
from e2e.site import Site


def rows_of(agent: Agent, page: str, state: str = "Browsing") -> Locator:
    return agent.grid.get_by_role("row").filter(has_text=page).filter(has_text=state)


def head(agent: Agent, name: str) -> Locator:
    return agent.grid.get_by_role("columnheader", name=name)


def side(agent: Agent) -> Locator:
    return agent.page.get_by_role("complementary", name="Visitor")


def finds(agent: Agent, words: str) -> None:
    agent.page.get_by_role("searchbox", name="Find visitors").fill(words)


def test_visitors_come_move_leave_and_come_back(cast: Cast, site: Site) -> None:
    bob = cast.signed_in("bob")
    finds(bob, site.url())
    vera, victor = cast.visitor(), cast.visitor()
    vera.visits(site.url())
    victor.visits(site.url("/prices"))
    expect(rows_of(bob, "Home")).to_have_count(1)
    expect(rows_of(bob, "Prices")).to_have_count(1)

    vera.page.get_by_role("link", name="About us").click()
    expect(rows_of(bob, "About us")).to_have_count(1)
    expect(rows_of(bob, "Home")).to_have_count(0)

    rows_of(bob, "Prices").click()
    expect(side(bob).get_by_role("link", name="Prices")).to_have_attribute("href", site.url("/prices"))
    expect(side(bob)).to_contain_text("This is the first visit.")

    victor.page.goto("about:blank")
    expect(rows_of(bob, "Prices", "Left just now")).to_have_count(1, timeout=20_000)
    expect(side(bob)).to_contain_text("Left just now")

    victor.visits(site.url("/about"))
    expect(rows_of(bob, "About us")).to_have_count(2)
    expect(side(bob)).to_contain_text("Pages seen2")
    expect(side(bob)).not_to_contain_text("Left")


def test_order_and_filter_are_remembered(cast: Cast, site: Site) -> None:
    bob = cast.signed_in("bob")
    for path in ("/prices", "/about"):
        cast.visitor().visits(site.url(path))
    finds(bob, site.url())
    expect(bob.grid.get_by_role("row")).to_have_count(3)
    head(bob, "Page").get_by_role("button").click()
    expect(head(bob, "Page")).to_have_attribute("aria-sort", "ascending")
    in_order(bob, "About us", "Prices")
    head(bob, "Page").get_by_role("button").click()
    in_order(bob, "Prices", "About us")

    bob.page.reload()
    expect(head(bob, "Page")).to_have_attribute("aria-sort", "descending")
    in_order(bob, "Prices", "About us")
    expect(bob.page.get_by_text(re.compile(r"^2 of \d+ shown"))).to_be_visible()
    assert axe.violations(bob.page.main_frame) == []

    finds(bob, "nobody reads this")
    expect(bob.page.get_by_text("The filter hides everybody")).to_be_visible()
    assert axe.violations(bob.page.main_frame) == []
    bob.page.get_by_role("button", name="Clear", exact=True).last.click()
    expect(rows_of(bob, "Prices")).to_have_count(1)


def test_a_request_is_never_filtered_out(cast: Cast) -> None:
    bob, vera = cast.signed_in("bob"), cast.on_the_demo_website()
    finds(bob, "nobody reads this")
    vera.says("vera 1")
    expect(bob.requests).to_have_count(1)
    bob.accepts()
    expect(bob.grid.get_by_role("row").filter(has_text="With me")).to_have_count(1)


def test_the_queue_fills_the_workspace_until_a_conversation_is_opened(cast: Cast) -> None:
    bob, vera = cast.signed_in("bob"), cast.on_the_demo_website()
    docked = bob.page.locator(".queue-dock").bounding_box()
    bob.page.get_by_role("button", name="Fill the workspace with visitors").click()
    bob.page.reload()
    expect(bob.page.get_by_role("button", name="Back above the conversation")).to_be_visible()
    full = bob.page.locator(".queue-dock").bounding_box()
    assert docked is not None
    assert full is not None
    assert full["height"] > 2 * docked["height"]
    vera.says("vera 1")
    bob.accepts()
    expect(bob.log).to_contain_text("vera 1")


def in_order(agent: Agent, *pages: str) -> None:
    rows = agent.grid.get_by_role("row").filter(has_text="Browsing")
    expect(rows).to_contain_text(list(pages))
