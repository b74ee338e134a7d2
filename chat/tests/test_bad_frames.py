"""Whatever a client sends: the answer names the trouble in words, and the connection survives where it can."""

import time

import pytest

from chat.testing import name
from core.realtime import limits

PAGE = {"url": "https://acme.example/"}
NAME = "0f8fad5b-d9cb-469f-a165-70867728950e"
SEND = f'"type":"message.send","ref":7,"conversation_id":1,"client_id":"{NAME}"'
DEEP = '{"x":' + "[" * 50_000


class Clock:
    """Stands still until it is moved."""

    def __init__(self):
        self.now = time.monotonic()

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(limits, "time", clock)
    return clock


@pytest.fixture
async def vera(visit):
    return await visit()


async def answer(client, frame):
    await client.wire.send_to(text_data=frame)
    return await client.hear()


async def still_works(client):
    answered = await client.ask("heartbeat")
    return answered["type"] == "heartbeat.answered"


@pytest.mark.parametrize(
    ("frame", "trouble"),
    [
        ("{", "Input data was truncated"),
        ("hello", "JSON is malformed"),
        ("[1, 2]", "Expected `object`"),
        ("null", "Expected `object`"),
        ("7", "Expected `object`"),
        ("{}", "missing required field `type`"),
        ('{"type":"message.shout","ref":7}', "Invalid value 'message.shout'"),
        ('{"type":7,"ref":7}', "Expected `str`"),
        ('{"type":"heartbeat","ref":7,"mood":"good"}', "unknown field `mood`"),
        ('{"type":"heartbeat"}', "missing required field `ref`"),
        ('{"type":"heartbeat","ref":"7"}', "Expected `int`, got `str`"),
        ('{"type":"heartbeat","ref":0}', "Expected `int` >= 1"),
        ('{"type":"heartbeat","ref":9007199254740992}', "Expected `int` <= 9007199254740991"),
        ('{"type":"heartbeat","ref":1' + "0" * 5000 + "}", "out of range"),
        ('{"type":"heartbeat","ref":7,"conversations":["1"]}', "Expected `int`, got `str`"),
        ('{"type":"heartbeat","ref":7,"conversations":[9223372036854775808]}', "Expected `int` <="),
        ("{%s}" % SEND, "missing required field `text`"),
        ('{%s,"text":""}' % SEND, "length >= 1"),
        ('{%s,"text":"%s"}' % (SEND, "x" * 4001), "length <= 4000"),
        ('{%s,"text":null}' % SEND, "Expected `str`, got `null`"),
        ('{%s,"text":"half a \\ud83d pair"}' % SEND, "surrogate"),
        ('{"type":"workspace.open","ref":7}', "Invalid value 'workspace.open'"),
        (DEEP, "maximum recursion depth"),
        ('{"type":"page.view","ref":7,"page":{"url":"\ud83d"}}', "utf-8"),
    ],
)
async def test_what_is_no_command_is_refused_in_words(vera, frame, trouble):
    refused = await answer(vera, frame)
    assert (refused["type"], refused["code"]) == ("refused", "bad_frame")
    assert refused["message"].startswith("This frame could not be understood: ")
    assert trouble in refused["message"]
    assert await still_works(vera)


@pytest.mark.parametrize("client_id", ["", "7", "x" * 36, NAME.upper(), NAME + "\\n", NAME + "x"])
async def test_a_name_that_is_no_uuid_is_refused(vera, client_id):
    words = '{"type":"message.send","ref":7,"conversation_id":1,"client_id":"%s","text":"Hi"}'
    refused = await answer(vera, words % client_id)
    assert (refused["code"], refused["ref"], refused["field"]) == ("bad_frame", 7, "client_id")
    assert await still_works(vera)


async def test_the_refusal_names_the_command_and_the_field(vera):
    refused = await answer(vera, '{"type":"page.view","ref":9,"page":{"url":7}}')
    assert (refused["ref"], refused["field"]) == (9, "page.url")


async def test_a_frame_of_bytes_is_read_like_text(vera):
    await vera.wire.send_to(bytes_data=b'{"type":"heartbeat","ref":7}')
    assert await vera.hear() == {"type": "heartbeat.answered", "ref": 7, "numbers": {}}


async def test_bytes_that_are_not_utf8_are_refused(vera):
    await vera.wire.send_to(bytes_data=b'{"type":"page.view","ref":7,"page":{"url":"\xff"}}')
    refused = await vera.hear()
    assert (refused["code"], refused["ref"]) == ("bad_frame", 7)
    assert await still_works(vera)


@pytest.mark.parametrize("text", [" ", "\n\t ", "\u3000", "\x00", " \x00 "])
async def test_blank_words_are_refused(vera, work, text):
    await work("bob")
    asked = await vera.ask("conversation.request", client_id=name(), text=text, page=PAGE)
    assert (asked["code"], asked["message"], asked["field"]) == (
        "text_empty",
        "Write something first.",
        "text",
    )
    begun = await vera.ask("conversation.request", client_id=name(), text="Hello", page=PAGE)
    here = begun["result"]["conversation"]["id"]
    sent = await vera.ask("message.send", conversation_id=here, client_id=name(), text=text)
    assert (sent["code"], sent["field"]) == ("text_empty", "text")
    assert await still_works(vera)


async def test_nul_characters_are_left_out_and_the_rest_is_kept(vera, work):
    await work("bob")
    begun = await vera.ask("conversation.request", client_id=name(), text="He\x00llo", page=PAGE)
    here = begun["result"]["conversation"]["id"]
    sent = await vera.ask("message.send", conversation_id=here, client_id=name(), text="Are you\x00 there?")
    followed = await vera.ask("conversation.follow", conversation_id=here)
    assert sent["type"] == "ack"
    texts = [entry["text"] for entry in followed["result"]["entries"] if entry["kind"] == "text"]
    assert texts == ["Hello", "Are you there?"]


@pytest.mark.parametrize("field", ["name", "email"])
async def test_nul_characters_in_other_words_harm_nothing(vera, field):
    words = {
        "client_id": name(),
        "text": "Call me",
        "page": {"url": "https://acme.example/\x00", "title": "\x00"},
    }
    left = await vera.ask("offline_message.leave", **words, **{field: "v\x00@acme.example"})
    assert left["type"] == "ack"


async def test_a_nul_in_the_page_harms_no_request(vera, work):
    await work("bob")
    page = {"url": "https://acme.example/\x00", "title": "\x00"}
    assert (await vera.ask("conversation.request", client_id=name(), text="Hello", page=page))[
        "type"
    ] == "ack"


async def test_a_frame_beyond_the_limit_is_refused_then_the_socket_closed(vera, settings):
    await vera.wire.send_to(text_data="x" * (settings.FRAME_LIMIT + 1))
    assert await vera.closed() == 4008
    refused = vera.events.pop()
    assert (refused["code"], refused["message"]) == (
        "frame_too_long",
        "This is too long: at most 65536 bytes can be sent at once. The connection is closed.",
    )


async def test_the_limit_counts_bytes_not_characters(vera, settings):
    await vera.wire.send_to(text_data="字" * (settings.FRAME_LIMIT // 2))
    assert await vera.closed() == 4008


async def test_commands_beyond_the_rate_are_told_to_wait(vera, settings):
    for ref in range(1000, 1000 + settings.COMMANDS_AT_ONCE + 10):
        await vera.wire.send_to(text_data='{"type":"heartbeat","ref":%d}' % ref)
    refused = await vera.answer(1000 + settings.COMMANDS_AT_ONCE + 9)
    assert (refused["code"], refused["message"]) == (
        "slow_down",
        "Too many at once. Wait a moment and try again.",
    )
    assert refused["retry_after"] > 0


async def test_after_the_wait_it_goes_on(clock, vera, settings):
    for ref in range(1000, 1000 + settings.COMMANDS_AT_ONCE + 10):
        await vera.wire.send_to(text_data='{"type":"heartbeat","ref":%d}' % ref)
    refused = await vera.answer(1000 + settings.COMMANDS_AT_ONCE + 9)
    clock.now += refused["retry_after"]
    assert await still_works(vera)


async def test_a_flood_is_refused_then_the_socket_closed(clock, vera, settings):
    for ref in range(1, settings.COMMANDS_AT_ONCE + 200):
        await vera.wire.send_to(text_data='{"type":"heartbeat","ref":%d}' % ref)
    assert await vera.closed() == 4008
    assert vera.events[-1]["code"] == "flood"
    assert vera.events[-1]["message"].startswith("Far too many commands were sent at once.")


async def test_a_flood_of_nonsense_is_no_way_around(clock, vera, settings):
    for _ in range(settings.COMMANDS_AT_ONCE + 200):
        await vera.wire.send_to(text_data="{")
    assert await vera.closed() == 4008
    assert [event["code"] for event in vera.events].count("flood") == 1


async def test_fifty_refusals_in_a_long_day_are_no_flood(clock, vera):
    for _ in range(60):
        clock.now += 60
        for ref in range(1000, 1102):
            await vera.wire.send_to(text_data='{"type":"heartbeat","ref":%d}' % ref)
        assert (await vera.answer(1101))["code"] == "slow_down"
    clock.now += 60
    assert await still_works(vera)


async def test_a_language_of_nonsense_harms_nothing(visit, work):
    await work("bob")
    vera = await visit(language="\x00../../etc/passwd\x00")
    asked = await vera.ask("conversation.request", client_id=name(), text="Hello", page=PAGE)
    assert (vera.greeting["type"], asked["type"]) == ("session.opened", "ack")
