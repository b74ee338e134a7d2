"""The operator's console and a company's own admin, in a real browser: its console says no word (see conftest)."""

import os
import re
import subprocess
import sys

import pyotp
from playwright.sync_api import Page, expect

from e2e import axe, stack
from e2e.cast import Cast
from e2e.people import Agent

PASSWORD = "correct horse battery"


def make_operator(name: str, data: str) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(stack.SETTINGS)}
    environment |= {"PARLEY_DATA": data, "PARLEY_OPERATOR_PASSWORD": PASSWORD}
    command = [sys.executable, "-m", "config.run.manage", "make_operator", name, "--name", name.title()]
    subprocess.run(command, cwd=stack.ROOT, env=environment, check=True, capture_output=True, timeout=60)


def sign_in(page: Page, url: str, name: str) -> None:
    """With both steps, of which the second is set up on the way."""
    page.goto(f"{url}/operator/")
    page.get_by_label("Operator ID").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(pyotp.TOTP(page.locator("code").inner_text()).now())
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="To the console").click()


def hurdles(page: Page) -> list[str]:
    """But for unfold's scrolling parts, which are all called the same: good practice, and no criterion of WCAG."""
    return [each for each in axe.violations(page.main_frame) if not each.startswith("landmark-unique")]


def open_acme(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Companies").click()
    assert not hurdles(page)
    page.get_by_role("table").get_by_role("link", name="Acme").click()


def test_an_operator_changes_limits_and_looks_into_a_company(cast: Cast) -> None:
    make_operator("olga", str(cast.stack.data))
    page = cast.agent().page
    sign_in(page, cast.stack.url, "olga")
    open_acme(page)
    assert not hurdles(page)
    page.get_by_role("link", name="Change limits").click()
    page.get_by_label("Seats").fill("50")
    page.get_by_role("button", name="Change limits").click()
    expect(page.get_by_text("The limits were changed.")).to_be_visible()
    expect(page.get_by_text("3 of 50")).to_be_visible()

    page.get_by_role("link", name="Enter the company").click()
    page.get_by_label("Reason").fill("Ticket 7")
    page.get_by_role("button", name="Enter the company").click()
    page.get_by_role("navigation").get_by_role("link", name="Agents").click()
    page.get_by_role("table").get_by_role("link", name="bob").click()
    expect(page.get_by_role("status")).to_contain_text("Ticket 7")
    assert not hurdles(page)
    page.get_by_role("button", name="End the visit").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Acme")
    expect(page.get_by_role("link", name="Enter the company")).to_be_visible()


def enter_acme(page: Page, url: str) -> None:
    sign_in(page, url, "otto")
    open_acme(page)
    page.get_by_role("link", name="Enter the company").click()
    page.get_by_label("Reason").fill("Ticket 9")
    page.get_by_role("button", name="Enter the company").click()
    page.get_by_role("status").get_by_role("link", name="To the workspace").click()


def test_an_operator_sees_the_workspace_live_and_writes_nothing(cast: Cast) -> None:
    make_operator("otto", str(cast.stack.data))
    bob, vera = cast.talking()
    otto = Agent(cast.agent().page, cast.stack.url)
    enter_acme(otto.page, cast.stack.url)
    banner = otto.page.get_by_role("region", name="Operator's visit")
    expect(banner).to_contain_text("Ticket 9")
    otto.grid.get_by_role("row").filter(has_text="Bob").first.dblclick()
    expect(otto.log).to_contain_text("Hello, Bob here.")
    vera.says("vera 1")
    expect(otto.log).to_contain_text("vera 1")
    expect(otto.message).to_have_count(0)
    assert not axe.violations(otto.page.main_frame)

    victor = cast.on_the_demo_website()
    victor.says("victor 1")
    otto.requests.first.dblclick()
    expect(otto.log).to_contain_text("victor 1")
    expect(otto.page.get_by_role("button", name="Accept")).to_have_count(0)
    expect(bob.requests).to_have_count(1)
    expect(bob.page.get_by_text("Otto")).to_have_count(0)

    other_tab = otto.page.context.new_page()
    other_tab.goto(f"{cast.stack.url}/c/{cast.stack.demo['company_id']}/settings/agents/")
    expect(other_tab.get_by_role("region", name="Operator's visit")).to_contain_text("Ticket 9")
    expect(other_tab.get_by_role("table")).not_to_contain_text("Otto")
    cast.forgive("403")
    other_tab.goto(f"{cast.stack.url}/c/{cast.stack.demo['company_id']}/settings/presence/")
    other_tab.get_by_role("button", name="Save").click()
    expect(other_tab.get_by_text("you see everything and change nothing")).to_be_visible()
    other_tab.goto(f"{cast.stack.url}/c/{cast.stack.demo['company_id']}/notices/")
    expect(other_tab.get_by_role("group", name="What is new")).to_be_visible()
    banner.get_by_role("button", name="End the visit").click()
    expect(otto.page).to_have_url(re.compile("/operator/companies/company/"))
    expect(other_tab).to_have_url(re.compile("/operator/companies/company/"))
    otto.goes_to(str(cast.stack.demo["company_id"]), "workspace/")
    expect(otto.page).to_have_url(re.compile("/sign-in/"))

    alice = cast.signed_in("alice")
    alice.goes_to(str(cast.stack.demo["company_id"]), "settings/audit/")
    expect(alice.page.get_by_text("Ticket 9").first).to_be_visible()
    expect(alice.page.get_by_text("Otto").first).to_be_visible()


def test_a_suspended_company_sees_why_and_takes_its_data_along(cast: Cast) -> None:
    make_operator("olaf", str(cast.stack.data))
    clara = cast.agent()
    company_id = clara.signs_up("Closing", "Clara", "clara", PASSWORD)
    clara.goes_to(company_id, "workspace/")
    expect(clara.grid).to_be_visible()
    olaf = cast.agent().page
    sign_in(olaf, cast.stack.url, "olaf")
    olaf.get_by_role("navigation").get_by_role("link", name="Companies").click()
    olaf.get_by_role("table").get_by_role("link", name="Closing").click()
    olaf.get_by_role("link", name="Suspend").click()
    olaf.get_by_label("Reason").fill("The invoice of May is open.")
    olaf.get_by_role("button", name="Suspend").click()

    # The open workspace is led there by itself.
    expect(clara.page.get_by_role("heading", level=1)).to_have_text("Closing is closed for now")
    expect(clara.page.get_by_text("The invoice of May is open.")).to_be_visible()
    assert not axe.violations(clara.page.main_frame)
    agents = clara.page.get_by_role("listitem").filter(has_text="No passwords.")
    with clara.page.expect_download() as taken:
        agents.get_by_role("button", name="Export as CSV").click()
    assert taken.value.suggested_filename.startswith(f"agents-{company_id}-")
    assert "clara@closing.example" in taken.value.path().read_text(encoding="utf-8-sig")

    olaf.get_by_role("link", name="Resume").click()
    olaf.get_by_role("button", name="Resume").click()
    clara.page.get_by_role("link", name="Look whether it is open again").click()
    expect(clara.grid).to_be_visible()


def test_an_administrator_reads_the_records_of_the_company(cast: Cast) -> None:
    alice = cast.signed_in("alice")
    alice.page.goto(f"{cast.stack.url}/c/{cast.stack.demo['company_id']}/admin/")
    alice.page.get_by_role("navigation").get_by_role("link", name="Audit entries").click()
    expect(alice.page.get_by_text("Company opened")).to_be_visible()
    assert not hurdles(alice.page)
