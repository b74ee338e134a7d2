import re

import pytest
from playwright.sync_api import expect

from e2e.cast import Cast
from e2e.people import said
from e2e.words import CHINESE, ENGLISH, Words


@pytest.mark.parametrize("words", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_a_visitor_and_an_agent_talk(cast: Cast, words: Words) -> None:
    bob = cast.signed_in("bob", words)
    vera = cast.visitor(words)
    vera.visits(cast.stack.demo["demo_url"])
    vera.opens_chat()
    vera.says("vera 1")
    bob.accepts()
    expect(bob.log).to_contain_text("vera 1")
    bob.says("bob 1")
    expect(vera.log).to_contain_text("bob 1")
    vera.says("vera 2")
    expect(bob.log).to_contain_text("vera 2")
    assert said(vera.log) == said(bob.log) == ["vera 1", "bob 1", "vera 2"]


def test_each_side_sees_how_far_its_messages_have_come(cast: Cast) -> None:
    bob = cast.signed_in("bob")
    vera = cast.on_the_demo_website()
    vera.says("vera 1")
    expect(vera.mark_of("vera 1")).to_have_accessible_name("Sent")
    bob.accepts()
    expect(vera.mark_of("vera 1")).to_have_accessible_name("Read")
    vera.minimises()
    bob.says("bob 1")
    expect(bob.mark_of("bob 1")).to_have_accessible_name("Delivered")
    vera.opens_chat()
    expect(bob.mark_of("bob 1")).to_have_accessible_name("Read")


def test_two_agents_accept_at_once_and_one_reads_who_won(cast: Cast) -> None:
    bob, carol = cast.signed_in("bob"), cast.signed_in("carol")
    vera = cast.on_the_demo_website()
    vera.says("vera 1")
    for agent in (bob, carol):
        expect(agent.requests).to_have_count(1)
    bob.accepts_and_carol_too(carol)


def test_an_ended_conversation_can_be_begun_again(cast: Cast) -> None:
    bob = cast.signed_in("bob")
    vera = cast.on_the_demo_website()
    vera.says("vera 1")
    bob.accepts()
    vera.ends_chat()
    expect(bob.log).to_contain_text(re.compile("ended the chat"))
