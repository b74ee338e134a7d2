from playwright.sync_api import expect

from e2e.cast import Cast
from e2e.site import Site


def test_with_nobody_online_the_visitor_leaves_a_message_that_agents_read(cast: Cast) -> None:
    grace = cast.agent()
    company_id = grace.signs_up("Hooli", "Grace", "grace", "correct horse battery")
    code, allowed = grace.site_code(company_id)
    grace.signs_out()

    with Site(code, allowed) as site:
        vera = cast.visitor()
        vera.visits(site.url("/prices"))
        expect(vera.button).to_have_accessible_description("We are offline: leave a message")
        vera.button.click()
        vera.window.get_by_role("button", name="Send").click()
        expect(vera.message).to_have_accessible_description("Write something first.")
        vera.window.get_by_label("Your name").fill("Vera")
        vera.window.get_by_label("E-mail (optional)").fill("vera@example.com")
        vera.message.fill("When do you open?")
        vera.window.get_by_role("button", name="Send").click()
        expect(vera.window.get_by_role("main")).to_contain_text("Thank you.")

        grace.signs_in(company_id, "grace", "correct horse battery")
        expect(grace.grid).to_be_visible()
        expect(vera.button).to_have_accessible_description("We are online")
        grace.chooses_status("Busy")
        expect(vera.button).to_have_accessible_description("We are busy: you can wait")
        grace.chooses_status("Away")
        expect(vera.button).to_have_accessible_description("We are offline: leave a message")

    grace.page.get_by_role("navigation").get_by_role("link", name="Offline messages").click()
    main = grace.page.get_by_role("main")
    for words in ("When do you open?", "Vera", "vera@example.com", "Prices"):
        expect(main).to_contain_text(words)
    grace.page.get_by_role("button", name="Mark as read").click()
    expect(main).to_contain_text("Read by Grace")
