import re

from playwright.sync_api import expect

from e2e.cast import Cast
from e2e.patience import waited
from e2e.people import Agent


def test_a_company_signs_up_and_is_usable_at_once(cast: Cast) -> None:
    mallory = cast.agent()
    company_id = mallory.signs_up("Globex", "Mallory", "mallory", "correct horse battery")
    expect(mallory.page.get_by_text(company_id, exact=True)).to_be_visible()
    mallory.page.get_by_role("link", name="Open the workspace and be online").click()
    expect(mallory.grid).to_be_visible()

    mallory.signs_out()
    mallory.signs_in(company_id, "mallory", "correct horse battery")
    expect(mallory.grid).to_be_visible()


def test_the_link_in_the_mail_confirms(cast: Cast) -> None:
    mallory = cast.agent()
    mallory.signs_up("Initech", "Mallory", "mallory", "correct horse battery")
    mail = waited(
        lambda: re.search(r"initech.example[^!]*?(http://\S+/confirm/\S+)", cast.stack.story()), "the mail"
    )
    mallory.page.goto(mail[1])
    expect(mallory.page.get_by_role("main")).to_contain_text("Initech is confirmed.")


def test_sign_in_works_without_script(cast: Cast) -> None:
    page = cast.agents.new_context(java_script_enabled=False).new_page()
    bob = Agent(page, cast.stack.url)
    bob.signs_in(str(cast.stack.demo["company_id"]), "bob", cast.stack.demo["agents"]["bob"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Chat")
    page.context.close()


def test_a_wrong_password_tells_nothing(cast: Cast) -> None:
    cast.forgive("400|401|403")
    bob = cast.agent()
    for company_id, agent_id in [(str(cast.stack.demo["company_id"]), "bob"), ("99999999", "bob")]:
        bob.signs_in(company_id, agent_id, "not the password")
        expect(bob.page.get_by_role("main")).to_contain_text("Company ID, agent ID or password is wrong.")
