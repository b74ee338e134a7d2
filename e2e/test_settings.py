import re

from playwright.sync_api import Dialog, expect

from e2e.cast import Cast


def test_settings_are_found_and_what_is_not_saved_is_told(cast: Cast) -> None:
    alice = cast.signed_in("alice")
    page = alice.page
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Settings").click()
    search = page.get_by_role("searchbox", name="Search in settings")
    search.fill("idle")
    nav = page.get_by_role("navigation", name="Settings")
    expect(nav.get_by_role("link", name="Agent status")).to_be_visible()
    expect(nav.get_by_role("link", name="Site code")).to_be_hidden()
    nav.get_by_role("link", name="Agent status").click()

    minutes = page.get_by_role("spinbutton").first
    before = minutes.input_value()
    minutes.fill("7")
    expect(page.get_by_text("Unsaved changes")).to_be_visible()
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    nav.get_by_role("link", name="Site code").click()
    expect(minutes).to_have_value("7")
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Discard").click()
    expect(minutes).to_have_value(before)
    expect(page.get_by_text("Unsaved changes")).to_be_hidden()


def test_a_change_stands_in_the_audit_log(cast: Cast) -> None:
    alice = cast.signed_in("alice")
    page = alice.page
    company = str(cast.stack.demo["company_id"])
    alice.goes_to(company, "settings/presence/")
    shown = page.get_by_role("spinbutton").last
    before = shown.input_value()
    shown.fill("31" if before != "31" else "30")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()

    alice.goes_to(company, "settings/audit/")
    newest = page.get_by_role("row").nth(1)
    expect(newest).to_contain_text("Settings changed")
    expect(newest).to_contain_text("Alice")
    expect(newest).to_contain_text(f"{before} → ")
    page.get_by_label("Words").fill("nobody has ever written this")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Nothing was found.")).to_be_visible()


def test_the_guide_is_read_and_searched_in_the_product(cast: Cast) -> None:
    page = cast.signed_in("bob").page
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Help").click()
    page.get_by_role("searchbox", name="Search in the help").fill("two ticks")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("main").get_by_role("link", name="Answer visitors").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Answer visitors")
    picture = page.get_by_role("img", name=re.compile("workspace")).first
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 0
