import re
import time

import pyotp
from playwright.sync_api import expect

from e2e import axe
from e2e.cast import Cast
from e2e.people import Agent

PASSWORD = "correct horse battery"


def test_an_app_is_set_up_and_asked_for(cast: Cast) -> None:
    dora = cast.agent()
    company_id = dora.signs_up("Wonka", "Dora", "dora", PASSWORD)
    dora.goes_to(company_id, "settings/security/")
    dora.page.get_by_role("button", name="Set up an app").click()
    app = pyotp.TOTP(dora.page.locator("#secret").inner_text())
    assert axe.violations(dora.page.main_frame) == []

    types_code(dora, "000000", "Confirm")
    expect(dora.page.get_by_role("main")).to_contain_text("This is not the code")
    types_code(dora, app.now(), "Confirm")
    expect(dora.page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    codes = re.findall(r"\d{4}-\d{4}-\d{4}", dora.page.locator("#codes").inner_text())
    assert len(codes) == 10
    assert axe.violations(dora.page.main_frame) == []
    with dora.page.expect_download() as kept:
        dora.page.get_by_role("button", name="Download").click()
    assert codes[9] in kept.value.path().read_text()
    dora.page.get_by_role("link", name="I have kept them").click()
    expect(dora.page.get_by_role("main")).to_contain_text("10 codes are left.")
    assert axe.violations(dora.page.main_frame) == []

    dora.signs_out()
    dora.signs_in(company_id, "dora", PASSWORD)
    expect(dora.page.get_by_role("heading", level=1)).to_have_text("One more step")
    assert axe.violations(dora.page.main_frame) == []
    types_code(dora, app.at(time.time() + 30), "Sign in")
    expect(dora.grid).to_be_visible()

    dora.signs_out()
    dora.signs_in(company_id, "dora", PASSWORD)
    types_code(dora, codes[0], "Sign in")
    expect(dora.grid).to_be_visible()


def test_a_passkey_is_added_and_asked_for(cast: Cast) -> None:
    dora = cast.agent()
    company_id = dora.signs_up("Tyrell", "Dora", "dora", PASSWORD)
    has_a_security_key(dora)
    dora.goes_to(company_id, "settings/security/passkeys/new/")
    dora.page.get_by_label("Name of the passkey").fill("Blue key")
    dora.page.get_by_role("button", name="Add a passkey").click()
    expect(dora.page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    dora.goes_to(company_id, "settings/security/")
    expect(dora.page.get_by_role("main")).to_contain_text("Blue key")

    dora.signs_out()
    dora.signs_in(company_id, "dora", PASSWORD)
    dora.page.get_by_role("button", name="Use a passkey").click()
    expect(dora.grid).to_be_visible()

    dora.goes_to(company_id, "settings/security/passkeys/new/")
    dora.page.get_by_label("Name of the passkey").fill("The same again")
    dora.page.get_by_role("button", name="Add a passkey").click()
    expect(dora.page.get_by_role("alert")).to_have_text("This device or key is added already.")


def test_a_sign_in_that_is_ended_elsewhere_is_over_at_once(cast: Cast) -> None:
    here, there = cast.agent(), cast.agent()
    company_id = here.signs_up("Cyberdyne", "Dora", "dora", PASSWORD)
    there.signs_in(company_id, "dora", PASSWORD)
    expect(there.grid).to_be_visible()
    here.goes_to(company_id, "settings/sessions/")
    expect(here.page.get_by_text("This one")).to_be_visible()
    assert axe.violations(here.page.main_frame) == []
    here.page.get_by_role("button", name="Sign out everywhere else").click()
    expect(here.page.get_by_role("main")).to_contain_text("Signed out everywhere else.")
    expect(there.page.get_by_role("heading", level=1)).to_have_text("Sign in")


def types_code(agent: Agent, code: str, button: str) -> None:
    agent.page.get_by_label("Code", exact=True).fill(code)
    agent.page.get_by_role("button", name=button, exact=True).click()


def has_a_security_key(agent: Agent) -> None:
    """One of Chromium's own, which says yes by itself."""
    devtools = agent.page.context.new_cdp_session(agent.page)
    devtools.send("WebAuthn.enable")
    facts = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": facts})
