"""Who works in a company: invited, at work, disabled."""

import re
import time

from playwright.sync_api import Locator, expect

from e2e import axe
from e2e.cast import Cast
from e2e.patience import waited
from e2e.people import Agent


def test_an_invited_colleague_joins_works_and_is_disabled(cast: Cast) -> None:
    cast.forgive("401|403")
    grace = cast.agent()
    company = grace.signs_up("Hooli", "Grace", "grace", "correct horse battery")
    grace.goes_to(company, "settings/agents/invite/")
    grace.page.get_by_label("E-mail", exact=True).fill("dan@hooli.example")
    grace.page.get_by_label("Agent ID", exact=True).fill("dan")
    grace.page.get_by_role("button", name="Send the invitation", exact=True).click()
    expect(grace.page.get_by_text("The invitation is on its way to dan@hooli.example.")).to_be_visible()
    expect(_row(grace, "dan")).to_contain_text("Invited")

    dan = _joins(cast, "Dan")
    grace.page.reload()
    expect(_row(grace, "Dan")).to_contain_text("Online")

    _row(grace, "Dan").locator("summary").click()
    grace.page.get_by_role("button", name="Disable", exact=True).click()
    expect(_row(grace, "Dan")).to_contain_text("Disabled")
    began = time.monotonic()
    dan.page.wait_for_url("**/sign-in/**", wait_until="commit")
    # The bound is one second; busy machines get some more.
    assert time.monotonic() - began < 5


def _joins(cast: Cast, name: str) -> Agent:
    mail = waited(
        lambda: re.search(r"dan@hooli.example[^!]*?(http://\S+/invitation/\S+)", cast.stack.story()),
        "the mail",
    )
    dan = cast.agent()
    dan.page.goto(mail[1])
    dan.page.get_by_label("Display name", exact=True).fill(name)
    dan.page.get_by_label("Password", exact=True).fill("correct horse battery")
    dan.page.get_by_role("button", name="Join", exact=True).click()
    expect(dan.grid).to_be_visible()
    return dan


def test_several_are_ticked_and_changed_at_once_by_keyboard(cast: Cast) -> None:
    alice = cast.signed_in("alice")
    alice.goes_to(str(cast.stack.demo["company_id"]), "settings/agents/")
    disable = alice.page.get_by_role("button", name="Disable", exact=True).first
    expect(disable).to_be_hidden()
    alice.page.get_by_role("checkbox", name="Carol", exact=True).press("Space")
    expect(alice.page.get_by_text("1 ticked")).to_be_visible()
    disable.press("Enter")
    expect(_row(alice, "Carol")).to_contain_text("Disabled")
    alice.page.get_by_role("checkbox", name="Tick all on this page").press("Space")
    alice.page.get_by_role("button", name="Enable", exact=True).first.press("Enter")
    expect(_row(alice, "Carol")).not_to_contain_text("Disabled")


def test_nobody_trips_over_the_pages(cast: Cast) -> None:
    alice = cast.signed_in("alice")
    company = str(cast.stack.demo["company_id"])
    for path in ("", "new/", "invite/", "import/", "2/", "2/delete/"):
        alice.goes_to(company, f"settings/agents/{path}")
        assert axe.violations(alice.page.main_frame) == []


def _row(agent: Agent, name: str) -> Locator:
    return agent.page.get_by_role("row").filter(has_text=name)
