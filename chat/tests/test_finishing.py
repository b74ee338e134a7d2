"""Busy or away: nobody new comes by itself, and what one has goes on."""

import asyncio

import pytest

from chat.models import Conversation
from chat.testing import name
from chat.tests.hot import inside
from chat.tests.test_sockets_talk import PAGE, begin


@pytest.mark.parametrize("status", ["busy", "away"])
async def test_a_conversation_goes_on_and_the_next_one_waits(visit, work, committed, status):
    vera, bob, conversation_id = await begin(visit, work)
    # Somebody must be there to wait for.
    await work("carol")
    assert (await bob.ask("status.set", status=status))["type"] == "ack"
    for person in (vera, bob):
        sent = await person.ask(
            "message.send", conversation_id=conversation_id, client_id=name(), text="Go on"
        )
        assert sent["type"] == "ack"
    victor = await visit()
    asked = await victor.ask("conversation.request", client_id=name(), text="And me?", page=PAGE)
    await asyncio.sleep(0.1)
    waiting = asked["result"]["conversation"]["id"]
    conversation = await inside(committed.acme, Conversation.objects.get, pk=waiting)
    assert (conversation.state, conversation.agent_id) == ("waiting", None)
    assert (await bob.ask("conversation.end", conversation_id=conversation_id))["type"] == "ack"
