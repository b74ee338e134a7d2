import re

from playwright.sync_api import expect

from e2e.cast import Cast
from e2e.patience import waited


def test_a_forgotten_password_is_chosen_anew_by_mail(cast: Cast) -> None:
    dora = cast.agent()
    company_id = dora.signs_up("Umbrella", "Dora", "dora", "correct horse battery")
    dora.signs_out()
    dora.page.get_by_role("link", name="Forgotten your password?").click()
    dora.page.get_by_label("Company ID", exact=True).fill(company_id)
    dora.page.get_by_label("Agent ID", exact=True).fill("dora")
    dora.page.get_by_role("button", name="Send the link").click()
    expect(dora.page.get_by_role("heading", level=1)).to_have_text("Look into your mail")

    mail = waited(
        lambda: re.search(r"umbrella.example[^!]*?(http://\S+/new-password/\S+)", cast.stack.story()),
        "the mail",
    )
    dora.page.goto(mail[1])
    dora.page.get_by_label("New password", exact=True).fill("ten green bottles")
    dora.page.get_by_role("button", name="Save the password").click()
    expect(dora.page.get_by_role("main")).to_contain_text("Your password is changed. Sign in with it.")
    dora.signs_in(company_id, "dora", "ten green bottles")
    expect(dora.grid).to_be_visible()


def test_a_changed_password_ends_the_other_sign_in_and_keeps_this_one(cast: Cast) -> None:
    here, there = cast.agent(), cast.agent()
    company_id = here.signs_up("Soylent", "Dora", "dora", "correct horse battery")
    there.signs_in(company_id, "dora", "correct horse battery")
    expect(there.grid).to_be_visible()

    here.goes_to(company_id, "settings/password/")
    here.page.get_by_label("Present password", exact=True).fill("correct horse battery")
    here.page.get_by_label("New password", exact=True).fill("ten green bottles")
    here.page.get_by_role("button", name="Change the password").click()
    expect(here.page.get_by_role("main")).to_contain_text("Your password is changed.")
    expect(there.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    here.goes_to(company_id, "workspace/")
    expect(here.grid).to_be_visible()


def test_another_tab_of_this_browser_comes_again_by_the_new_key(cast: Cast) -> None:
    here = cast.agent()
    company_id = here.signs_up("Massive", "Dora", "dora", "correct horse battery")
    here.goes_to(company_id, "workspace/")
    expect(here.grid).to_be_visible()
    expect(here.status).to_contain_text("Online")
    address = here.page.url
    tab = here.page.context.new_page()
    tab.goto(f"{here.url}/c/{company_id}/settings/password/")
    tab.get_by_label("Present password", exact=True).fill("correct horse battery")
    tab.get_by_label("New password", exact=True).fill("ten green bottles")
    # As soon as the browser must have heard of it, and a lease is renewed.
    with here.page.expect_event("websocket", timeout=60_000):
        tab.get_by_role("button", name="Change the password").click()
    expect(tab.get_by_role("main")).to_contain_text("Your password is changed.")
    expect(here.status).to_contain_text("Online")
    expect(here.grid).to_be_visible()
    assert here.page.url == address
