"""The operator's console and a company's own admin, in a real browser: its console says no word (see conftest)."""

import os
import subprocess
import sys

import pyotp
from playwright.sync_api import Page, expect

from e2e import axe, stack
from e2e.cast import Cast

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
    expect(page.get_by_role("heading", level=1)).to_contain_text("Operator's console")


def test_an_administrator_reads_the_records_of_the_company(cast: Cast) -> None:
    alice = cast.signed_in("alice")
    alice.page.goto(f"{cast.stack.url}/c/{cast.stack.demo['company_id']}/admin/")
    alice.page.get_by_role("navigation").get_by_role("link", name="Audit entries").click()
    expect(alice.page.get_by_text("Company opened")).to_be_visible()
    assert not hurdles(alice.page)
