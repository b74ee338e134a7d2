"""Who is there, why not, and what becomes of conversations whose agent is gone."""

import re

import pytest
from playwright.sync_api import Locator, expect

from e2e.cast import Cast
from e2e.people import Agent

#: A minute without activity, and what processes keep in hand.
IDLE_SECONDS = 100
#: The grace of a lost connection, and the time until conversations go back.
RETURN_SECONDS = 100


def colleague(agent: Agent, name: str) -> Locator:
    return agent.page.get_by_role("listitem", name=name)


def test_the_invisible_look_like_the_offline_to_ordinary_agents(cast: Cast) -> None:
    bob, alice = cast.signed_in("bob"), cast.signed_in("alice")
    expect(colleague(bob, "Alice (alice)")).to_contain_text("Online")
    expect(alice.status).to_contain_text("Online")
    alice.chooses_status("Invisible")
    expect(colleague(bob, "Alice (alice)")).to_contain_text("Offline")
    seen = frames_of(bob)
    told = len(seen)
    alice.page.reload()
    expect(alice.status).to_contain_text("Invisible")
    alice.page.mouse.move(200, 200)
    bob.page.wait_for_timeout(3_000)
    assert not [frame for frame in seen[told:] if '"agent.changed"' in frame]
    expect(bob.page.get_by_role("button", name=re.compile("^Invisible"))).to_have_count(0)
    alice.chooses_status("Online")
    expect(colleague(bob, "Alice (alice)")).to_contain_text("Online")


@pytest.mark.timeout(400)
def test_who_does_nothing_is_away_and_the_first_move_brings_the_status_back(cast: Cast) -> None:
    alice, bob = cast.signed_in("alice"), cast.signed_in("bob")
    expect(bob.status).to_contain_text("Online")
    bob.status.click()
    bob.page.get_by_label("Away by itself after").select_option("1 min")
    bob.page.keyboard.press("Escape")
    expect(colleague(alice, "Bob (bob)")).to_contain_text("Away: no activity", timeout=IDLE_SECONDS * 1000)
    expect(bob.status).to_contain_text("Away: no activity")
    bob.page.mouse.move(300, 300)
    expect(bob.status).to_contain_text("Online")
    expect(colleague(alice, "Bob (bob)")).to_contain_text("Online")
    bob.status.click()
    bob.page.get_by_label("Away by itself after").select_option("company")


@pytest.mark.timeout(400)
def test_a_lost_agents_visitor_is_told_and_taken_by_a_colleague(cast: Cast) -> None:
    cast.forgive("ERR_INTERNET_DISCONNECTED|WebSocket|Failed to load resource")
    carol = cast.signed_in("carol")
    bob, vera = cast.talking()
    bob.page.context.set_offline(True)
    line = bob.page.get_by_role("status").filter(has_text="Connection lost. Trying again")
    expect(line).to_be_visible(timeout=40_000)
    expect(colleague(carol, "Bob (bob)")).to_contain_text("Offline: connection lost", timeout=60_000)
    expect(vera.log).to_contain_text("Bob's connection was lost", timeout=RETURN_SECONDS * 1000)
    waiting = carol.page.get_by_role("navigation", name="Conversations").get_by_role("button")
    expect(waiting.filter(has_text="returned from Bob")).to_be_visible()
    bob.page.context.set_offline(False)
    told = bob.page.get_by_text(re.compile("^Your connection was gone for .* is back in line\\.$"))
    expect(told).to_be_visible(timeout=40_000)
    expect(bob.log).to_contain_text("Your connection was lost")
    carol.accepts()
    expect(carol.log).to_contain_text("Bob's connection was lost: back in line")
    expect(vera.log).to_contain_text("Carol joined")


def test_the_quality_of_the_connection_is_shown_and_its_bar_can_be_hidden(cast: Cast) -> None:
    bob = cast.signed_in("bob")
    bar = bob.page.get_by_role("region", name="Status bar")
    quality = bar.locator("summary")
    expect(quality).to_contain_text(re.compile(r"(Excellent|Fair|Poor)\s*\d+ ms"))
    expect(bar).to_contain_text("bob, agent, Online")
    quality.click()
    bob.page.get_by_role("button", name="Hide the status bar").last.click()
    expect(bar).to_be_hidden()
    bob.page.reload()
    expect(bob.grid).to_be_visible()
    expect(bar).to_be_hidden()
    bob.status.click()
    bob.page.get_by_role("button", name="Show the status bar").click()
    expect(bar).to_be_visible()


def test_a_page_checks_each_way_and_says_what_works(cast: Cast) -> None:
    bob = cast.signed_in("bob")
    bob.page.locator("summary").filter(has_text=re.compile(r"^\s*\w\s")).click()
    bob.page.get_by_role("link", name="Connection check").click()
    for way in ("WebSocket", "Streaming over HTTP", "Long polling"):
        finding = bob.page.get_by_role("listitem").filter(has=bob.page.get_by_role("heading", name=way))
        expect(finding).to_contain_text(re.compile(r"Works, \d+ ms"))
    bob.page.get_by_role("button", name="Play a tone").click()
    bob.page.get_by_role("button", name="Yes").click()
    expect(bob.page.get_by_text("You heard it")).to_be_visible()


def frames_of(agent: Agent) -> list[str]:
    """What the agent's page hears from now on, as it stands on the wire."""
    frames: list[str] = []
    agent.page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda text: frames.append(str(text)))
    )
    agent.page.reload()
    expect(agent.grid).to_be_visible()
    expect(agent.status).to_contain_text("Online")
    return frames
