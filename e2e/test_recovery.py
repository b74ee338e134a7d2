"""What is written is never lost, never doubled, never out of order, whatever happens to the server."""

import re
from itertools import count

import pytest
from playwright.sync_api import expect

from e2e.cast import Cast
from e2e.patience import waited
from e2e.people import Agent, Visitor, said

#: What browsers say of a server that is away.
AWAY = r"WebSocket|ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|Failed to load resource|502|503"

#: Milliseconds: the longest pause between two attempts to connect, and what comes after it.
BACK = 50_000


@pytest.mark.parametrize("process", ["live", "valkey", "postgres"])
def test_a_process_is_killed_in_mid_conversation(cast: Cast, process: str) -> None:
    cast.forgive(AWAY)
    bob, vera = cast.talking()
    numbers = count(1)
    both_speak(bob, vera, next(numbers))
    cast.stack.kill(process)
    for _ in range(4):
        both_speak(bob, vera, next(numbers))
    cast.stack.wait_until_ready()
    both_speak(bob, vera, next(numbers))
    has_everything(bob, vera, next(numbers) - 1)


def test_everything_is_killed_and_started_again(cast: Cast) -> None:
    cast.forgive(AWAY)
    bob, vera = cast.talking()
    both_speak(bob, vera, 1)
    expect(vera.log).to_contain_text("bob 1")
    cast.stack.kill_everything()
    both_speak(bob, vera, 2)
    cast.stack.start()
    has_everything(bob, vera, 2)
    bob.page.reload()
    vera.page.reload()
    has_everything(bob, vera, 2)


def both_speak(bob: Agent, vera: Visitor, number: int) -> None:
    vera.says(f"vera {number}")
    bob.says(f"bob {number}")


def has_everything(bob: Agent, vera: Visitor, newest: int) -> None:
    """Both logs hold all numbers of both sides, each once and in the sender's order, and are the same."""
    for log in (bob.log, vera.log):
        expect(log).to_contain_text(f"vera {newest}", timeout=BACK)
        expect(log).to_contain_text(f"bob {newest}", timeout=BACK)
    # What one has just written stands last, until it has its number.
    waited(lambda: said(bob.log) == said(vera.log), "both to see the same")
    for name in ("vera", "bob"):
        spoken = [line for line in said(vera.log) if re.match(name, line)]
        assert spoken == [f"{name} {number}" for number in range(1, newest + 1)]
