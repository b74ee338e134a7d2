from playwright.sync_api import expect

from e2e.cast import Cast


def test_sign_in_is_restricted_to_ones_own_address_and_not_without_it(cast: Cast) -> None:
    eve = cast.agent()
    company_id = eve.signs_up("Tyrell", "Eve", "eve", "correct horse battery")
    eve.goes_to(company_id, "settings/addresses/")
    expect(eve.page.get_by_role("main")).to_contain_text("Agents sign in from everywhere.")

    eve.page.get_by_role("link", name="Add a network").click()
    eve.page.get_by_label("Address or network", exact=True).fill("203.0.113.0/24")
    eve.page.get_by_role("button", name="Save", exact=True).click()
    expect(eve.page.get_by_role("main")).to_contain_text("That would lock you out")

    eve.goes_to(company_id, "settings/addresses/")
    eve.page.get_by_role("link", name="Add this address").click()
    eve.page.get_by_label("Remark", exact=True).fill("this machine")
    eve.page.get_by_role("button", name="Save", exact=True).click()
    expect(eve.page.get_by_role("row").filter(has_text="this machine")).to_contain_text("you")

    eve.signs_out()
    eve.signs_in(company_id, "eve", "correct horse battery")
    expect(eve.grid).to_be_visible()
