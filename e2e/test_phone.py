"""A phone's narrow window: what is fixed above and below covers nothing that one comes to."""

from playwright.sync_api import Page, ViewportSize, expect

from e2e import axe, pages
from e2e.cast import Cast
from e2e.people import Agent

PHONE: ViewportSize = {"width": 390, "height": 844}


def test_axe_has_nothing_against_agents_pages_on_a_phone(cast: Cast) -> None:
    alice = on_a_phone(cast)
    for url in pages.of_the_demo_company(cast.stack):
        alice.page.goto(url)
        expect(alice.page.get_by_role("main")).to_be_visible()
        assert hurdles(alice.page) == [], url
        assert alice.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], url


def on_a_phone(cast: Cast) -> Agent:
    alice = cast.signed_in("alice")
    alice.page.set_viewport_size(PHONE)
    return alice


def hurdles(page: Page) -> list[str]:
    """What lies half beneath the navigation is as large as it is once one has come to it."""
    found = [each for each in axe.violations(page.main_frame) if not each.startswith("target-size")]
    return found + [place for place in axe.places(page.main_frame, "target-size") if is_small(page, place)]


def is_small(page: Page, place: str) -> bool:
    page.locator(place).first.evaluate("element => element.scrollIntoView({ block: 'nearest' })")
    return place in axe.places(page.main_frame, "target-size")


def test_the_button_that_saves_stays_above_the_navigation(cast: Cast) -> None:
    alice = on_a_phone(cast)
    alice.goes_to(str(cast.stack.demo["company_id"]), "settings/roles/2/")
    alice.page.get_by_role("checkbox").first.click()
    save = alice.page.get_by_role("button", name="Save", exact=True)
    expect(save).to_be_in_viewport(ratio=1)
    navigation = alice.page.get_by_role("navigation", name="Main").bounding_box()
    bar = save.bounding_box()
    assert bar
    assert navigation
    assert bar["y"] + bar["height"] <= navigation["y"]
    alice.page.get_by_role("button", name="Discard").click()


def test_notices_are_read_within_the_window(cast: Cast) -> None:
    alice = on_a_phone(cast)
    alice.page.locator(".notices-menu summary").click()
    menu = alice.page.locator(".notices-list").bounding_box()
    assert menu
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= PHONE["width"]


def test_what_is_told_in_passing_does_not_lie_over_what_one_writes(cast: Cast) -> None:
    bob, _ = cast.talking()
    bob.page.set_viewport_size(PHONE)
    company_id = str(cast.stack.demo["company_id"])
    alice = cast.signed_in("alice")
    alice.goes_to(company_id, "notices/new/")
    alice.page.get_by_label("Title", exact=True).fill("In passing")
    alice.page.get_by_label("Text", exact=True).fill("Words")
    alice.page.get_by_role("button", name="Publish").click()
    told = bob.page.get_by_role("status").get_by_text("New notice: In passing")
    expect(told).to_be_visible()
    below, above = bob.message.bounding_box(), told.bounding_box()
    assert below
    assert above
    assert above["y"] + above["height"] <= below["y"]

    # What is left would be unread to everybody else who is tried here.
    alice.page.get_by_text("Withdraw", exact=True).first.click()
    alice.page.get_by_role("button", name="Withdraw").click()
    expect(alice.page.get_by_role("main")).to_contain_text("withdrawn")
