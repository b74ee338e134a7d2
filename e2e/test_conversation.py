import time

import pytest
from playwright.sync_api import expect

from e2e.cast import Cast
from e2e.patience import waited
from e2e.people import said
from e2e.words import CHINESE, ENGLISH, Words


@pytest.mark.parametrize("words", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_a_visitor_and_an_agent_talk(cast: Cast, words: Words) -> None:
    bob, vera = cast.signed_in("bob", words), cast.on_the_demo_website(words)
    vera.says("vera 1")
    expect(vera.mark_of("vera 1")).to_have_accessible_name(words.sent)
    bob.accepts()
    expect(bob.log).to_contain_text("vera 1")
    bob.says("bob 1")
    expect(vera.log).to_contain_text("bob 1")
    vera.says("vera 2")
    expect(bob.log).to_contain_text("vera 2")
    assert said(vera.log) == said(bob.log) == ["vera 1", "bob 1", "vera 2"]
    expect(vera.mark_of("vera 1")).to_have_accessible_name(words.read)
    expect(vera.mark_of("vera 2")).to_have_accessible_name(words.read)
    expect(bob.mark_of("bob 1")).to_have_text(words.read)


def test_a_message_in_a_minimised_window_is_delivered_and_read_when_it_opens(cast: Cast) -> None:
    bob, vera = cast.talking()
    vera.minimises()
    bob.says("bob 1")
    expect(bob.mark_of("bob 1")).to_have_text("Delivered")
    vera.opens_chat()
    expect(bob.mark_of("bob 1")).to_have_text("Read")


def test_of_two_agents_who_accept_at_once_one_wins_and_the_other_reads_who(cast: Cast) -> None:
    bob, carol = cast.signed_in("bob"), cast.signed_in("carol")
    vera = cast.on_the_demo_website()
    vera.says("vera 1")
    for agent in (bob, carol):
        expect(agent.requests).to_have_count(1)
    # Late enough for both to be told before.
    moment = time.time() + 3
    for agent in (bob, carol):
        agent.accepts_at(moment)
    waited(lambda: bob.message.is_visible() or carol.message.is_visible(), "one of them to win")
    winner, loser, name = (bob, carol, "Bob") if bob.message.is_visible() else (carol, bob, "Carol")
    expect(loser.page.get_by_role("status")).to_contain_text(f"{name} was faster")
    winner.says("bob 1")
    expect(vera.log).to_contain_text(f"{name} joined")
    expect(loser.message).not_to_be_visible()


def test_what_people_write_is_shown_as_they_wrote_it(cast: Cast) -> None:
    bob, vera = cast.talking()
    words = '<img src=x onerror="document.title=1"> & "quotes" 😀 你好 \u202eright to left\u202c https://example.com/a?b=1&c'
    vera.says(words)
    bob.says(words)
    for log in (bob.log, vera.log):
        expect(log.get_by_text(words.split(" https")[0])).to_have_count(2)
        expect(log.get_by_role("link", name="https://example.com/a?b=1&c")).to_have_count(2)


def test_an_ended_conversation_can_be_begun_again(cast: Cast) -> None:
    bob, vera = cast.talking()
    bob.ends()
    expect(vera.log).to_contain_text("Bob ended the chat")
    vera.window.get_by_role("button", name="Start a new chat").click()
    vera.says("vera 1")
    bob.accepts()
    expect(bob.log).to_contain_text("vera 1")
    assert said(vera.log) == said(bob.log) == ["vera 1"]
    vera.ends_chat()
    expect(bob.log).to_contain_text("ended the chat")
