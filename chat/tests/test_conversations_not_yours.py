"""Conversations that have ended, belong to somebody else, or never were: refused in words, nothing stored."""

import pytest

from chat.models import Entry
from chat.testing import name
from core.realtime import pool

PAGE = {"url": "https://acme.example/"}
NOWHERE = ("not_found", "This does not exist, or you may not see it.")


async def begin(visit, work):
    """Vera talks with Bob."""
    bob, vera = await work("bob"), await visit()
    asked = await vera.ask("conversation.request", client_id=name(), text="Hello", page=PAGE)
    here = asked["result"]["conversation"]["id"]
    await bob.ask("conversation.accept", conversation_id=here)
    return vera, bob, here


def said(refused):
    return refused["code"], refused["message"]


async def count_entries(company):
    def count():
        with company.entered():
            return Entry.objects.count()

    return await pool.run(count)


def deeds(here):
    return {
        "conversation.follow": {"conversation_id": here},
        "conversation.end": {"conversation_id": here},
        "conversation.mark": {"conversation_id": here, "read": 1},
        "message.send": {"conversation_id": here, "client_id": name(), "text": "Hi"},
    }


@pytest.mark.parametrize("deed", deeds(0))
@pytest.mark.parametrize("number", [999, 2**31, 2**53 - 1])
async def test_a_conversation_that_never_was_is_not_found(visit, work, committed, deed, number):
    vera, bob, _ = await begin(visit, work)
    before = await count_entries(committed.acme)
    for client in (vera, bob):
        assert said(await client.ask(deed, **deeds(number)[deed])) == NOWHERE
        assert (await client.ask("heartbeat"))["type"] == "heartbeat.answered"
    assert await count_entries(committed.acme) == before


@pytest.mark.parametrize("number", [999, 2**53 - 1])
async def test_what_never_was_cannot_be_accepted(work, number):
    bob = await work("bob")
    assert said(await bob.ask("conversation.accept", conversation_id=number)) == NOWHERE


@pytest.mark.parametrize("deed", deeds(0))
async def test_another_visitors_conversation_is_not_found(visit, work, committed, deed):
    _, _, here = await begin(visit, work)
    eve = await visit()
    before = await count_entries(committed.acme)
    assert said(await eve.ask(deed, **deeds(here)[deed])) == NOWHERE
    assert await count_entries(committed.acme) == before


async def test_in_an_ended_conversation_nothing_more_is_said(visit, work, committed):
    vera, bob, here = await begin(visit, work)
    await bob.ask("conversation.end", conversation_id=here)
    before = await count_entries(committed.acme)
    for client in (vera, bob):
        refused = await client.ask("message.send", conversation_id=here, client_id=name(), text="Wait")
        assert said(refused) == (
            "conversation_ended",
            "This conversation has ended. Begin a new one to say more.",
        )
    assert await count_entries(committed.acme) == before
    assert (await vera.ask("conversation.follow", conversation_id=here))["type"] == "ack"


async def test_an_ended_conversation_cannot_be_accepted(visit, work):
    vera, bob, here = await begin(visit, work)
    await vera.ask("conversation.end", conversation_id=here)
    refused = await bob.ask("conversation.accept", conversation_id=here)
    assert refused["code"] == "conversation_ended"


async def test_ending_an_ended_one_changes_nothing(visit, work, committed):
    vera, bob, here = await begin(visit, work)
    await vera.ask("conversation.end", conversation_id=here)
    before = await count_entries(committed.acme)
    assert (await vera.ask("conversation.end", conversation_id=here))["type"] == "ack"
    assert (await bob.ask("conversation.end", conversation_id=here))["type"] == "ack"
    assert await count_entries(committed.acme) == before


async def test_a_message_sent_before_the_end_is_still_answered_after_it(visit, work):
    vera, bob, here = await begin(visit, work)
    words = {"conversation_id": here, "client_id": name(), "text": "Just in time"}
    first = await vera.ask("message.send", **words)
    await bob.ask("conversation.end", conversation_id=here)
    assert (await vera.ask("message.send", **words))["result"] == first["result"]


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("zh-CN", "对话已结束。如需继续，请发起新的对话。"),
        ("zh", "对话已结束。如需继续，请发起新的对话。"),
        ("zh-Hans", "对话已结束。如需继续，请发起新的对话。"),
        ("de-AT", "This conversation has ended. Begin a new one to say more."),
        ("", "This conversation has ended. Begin a new one to say more."),
        ("x" * 35, "This conversation has ended. Begin a new one to say more."),
    ],
)
async def test_refusals_are_in_the_visitors_language(visit, work, language, message):
    await work("bob")
    vera = await visit(language=language)
    asked = await vera.ask("conversation.request", client_id=name(), text="Hello", page=PAGE)
    here = asked["result"]["conversation"]["id"]
    await vera.ask("conversation.end", conversation_id=here)
    refused = await vera.ask("message.send", conversation_id=here, client_id=name(), text="Wait")
    assert refused["message"] == message
