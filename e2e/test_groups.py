"""Groups and roles: who takes what, who may do what, and how it changes on open pages."""

import re

from playwright.sync_api import expect

from e2e import axe
from e2e.cast import Cast
from e2e.people import Agent
from e2e.site import Site


def make_group(alice: Agent, company: str, name: str, member: str) -> str:
    """Returns the site code of the group."""
    page = alice.page
    alice.goes_to(company, "settings/groups/new/")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label(re.compile(rf"\b{member}$")).check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".notice")).to_contain_text(f"The group “{name}” is there now.")
    alice.goes_to(company, "settings/snippet/")
    return page.get_by_role("heading", name=name, exact=True).locator("+ .copy pre").inner_text()


def delete_group(alice: Agent, company: str, name: str) -> None:
    alice.goes_to(company, "settings/groups/")
    alice.page.get_by_role("listitem").filter(has=alice.page.get_by_role("heading", name=name)).get_by_role(
        "link", name="Delete"
    ).click()
    alice.page.get_by_role("button", name="Delete group").click()
    expect(alice.page.locator(".notice")).to_contain_text("is gone")


def test_what_is_asked_through_a_groups_icon_is_for_its_agents(cast: Cast, site: Site) -> None:
    company = str(cast.stack.demo["company_id"])
    alice = cast.signed_in("alice")
    _, allowed = alice.site_code(company)
    code = make_group(alice, company, "Sales", "bob")
    try:
        with Site(code, allowed) as shop:
            vera = cast.visitor()
            vera.visits(shop.url())
            expect(vera.page.locator(".dot")).to_have_attribute("data-state", "offline")
            bob = cast.signed_in("bob")
            expect(vera.page.locator(".dot")).to_have_attribute("data-state", "online")
            vera.opens_chat()
            vera.says("vera 1")
            waiting = bob.page.get_by_role("navigation", name="Conversations")
            expect(waiting).to_contain_text("Sales")
            alice.goes_to(company, "workspace/")
            expect(alice.requests).to_have_count(1)
            expect(alice.page.get_by_role("navigation", name="Conversations")).to_contain_text(
                "Nobody is waiting"
            )
            alice.requests.first.dblclick()
            expect(alice.page.get_by_text("only its agents can take it").first).to_be_visible()
            bob.accepts()
            bob.says("bob 1")
            expect(vera.log).to_contain_text("bob 1")
    finally:
        delete_group(alice, company, "Sales")


def test_what_one_may_changes_on_open_pages(cast: Cast) -> None:
    company = str(cast.stack.demo["company_id"])
    alice, bob = cast.signed_in("alice"), cast.signed_in("bob")
    menu = bob.page.get_by_role("navigation", name="Main")
    expect(menu.get_by_role("link", name="Offline messages")).to_be_visible()
    alice.goes_to(company, "settings/roles/")
    alice.page.get_by_role("link", name="Agent", exact=True).click()
    alice.page.get_by_label("Answer offline messages").uncheck()
    alice.page.get_by_role("button", name="Save", exact=True).click()
    expect(menu.get_by_role("link", name="Offline messages")).to_be_hidden()
    alice.page.get_by_role("link", name="Agent", exact=True).click()
    alice.page.get_by_role("button", name="As delivered").click()
    expect(menu.get_by_role("link", name="Offline messages")).to_be_visible()


def test_an_administrator_sees_as_a_role(cast: Cast) -> None:
    cast.forgive("403")
    company = str(cast.stack.demo["company_id"])
    alice = cast.signed_in("alice")
    page = alice.page
    alice.goes_to(company, "settings/roles/")
    agents = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Agent", exact=True))
    agents.get_by_role("button", name="See as").click()
    expect(page.get_by_text("and can change nothing")).to_be_visible()
    expect(alice.grid).to_be_visible()
    assert axe.violations(page.main_frame) == []
    expect(page.get_by_role("link", name="Message balance")).to_be_hidden()
    alice.goes_to(company, "settings/roles/")
    expect(page.get_by_text("You do not have the permission for this.")).to_be_visible()
    alice.goes_to(company, "workspace/")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Roles")).to_be_visible()
