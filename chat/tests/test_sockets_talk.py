"""A visitor and an agent talk, over the sockets, with everything real but the browsers."""

from chat.testing import name

PAGE = {"url": "https://acme.example/pricing", "title": "Pricing"}


async def begin(visit, work):
    """Vera has asked, Bob has accepted; both follow the conversation."""
    bob = await work("bob")
    vera = await visit()
    asked = await vera.ask("conversation.request", client_id=name(), text="Hello", page=PAGE)
    conversation_id = asked["result"]["conversation"]["id"]
    accepted = await bob.ask("conversation.accept", conversation_id=conversation_id)
    assert accepted["type"] == "ack"
    return vera, bob, conversation_id


async def test_the_website_shows_that_somebody_is_online(visit, work):
    vera = await visit()
    assert vera.greeting["availability"] == "offline"
    await work("bob")
    assert (await vera.event("availability.changed"))["availability"] == "online"


async def test_words_go_both_ways_numbered(visit, work):
    vera, bob, conversation_id = await begin(visit, work)
    sent = await bob.ask("message.send", conversation_id=conversation_id, client_id=name(), text="Hi Vera")
    assert sent["result"]["number"] == 4
    heard = await vera.event("entry.created", conversation_id=conversation_id)
    while heard["entry"]["kind"] != "text":
        heard = await vera.event("entry.created", conversation_id=conversation_id)
    assert heard["entry"]["text"] == "Hi Vera"
    assert heard["entry"]["author"] == "Bob"
    await vera.ask("message.send", conversation_id=conversation_id, client_id=name(), text="Good day")
    numbers = [(await bob.event("entry.created"))["entry"]["number"] for _ in range(2)]
    assert numbers == [4, 5]


async def test_a_repeat_is_stored_once_and_answered_the_same(visit, work):
    vera, bob, conversation_id = await begin(visit, work)
    words = {"conversation_id": conversation_id, "client_id": name(), "text": "Once"}
    first = await vera.ask("message.send", **words)
    again = await vera.ask("message.send", **words)
    assert again["result"] == first["result"]
    heard = await bob.event("entry.created")
    assert heard["entry"]["text"] == "Once"
    followed = await bob.ask("conversation.follow", conversation_id=conversation_id, after=0)
    assert [entry["number"] for entry in followed["result"]["entries"]] == [1, 2, 3, 4]


async def test_many_at_once_are_numbered_without_gaps(visit, work):
    vera, bob, conversation_id = await begin(visit, work)
    for who in (vera, bob):
        for place in range(40):
            await who.wire.send_to(
                text_data='{"type":"message.send","ref":%d,"conversation_id":%d,"client_id":"%s","text":"%d"}'
                % (1000 + place, conversation_id, name(), place)
            )
    for who in (vera, bob):
        for place in range(40):
            assert (await who.answer(1000 + place))["type"] == "ack"
    everything = await bob.ask("conversation.follow", conversation_id=conversation_id, after=0)
    assert [entry["number"] for entry in everything["result"]["entries"]] == list(range(1, 84))
    entries = everything["result"]["entries"]
    by_vera = [entry["text"] for entry in entries if entry["side"] == "visitor" and "text" in entry]
    assert by_vera[1:] == [str(place) for place in range(40)]


async def test_who_was_away_gets_what_was_missed(visit, work):
    vera, bob, conversation_id = await begin(visit, work)
    token = vera.greeting["token"]
    await vera.leave()
    await bob.ask("message.send", conversation_id=conversation_id, client_id=name(), text="Are you there?")
    back = await visit(token=token)
    assert back.greeting["visitor"] == vera.greeting["visitor"]
    followed = await back.ask("conversation.follow", conversation_id=conversation_id, after=3)
    assert [entry["text"] for entry in followed["result"]["entries"]] == ["Are you there?"]


async def test_a_heartbeat_tells_the_newest_numbers(visit, work):
    vera, bob, conversation_id = await begin(visit, work)
    answered = await vera.ask("heartbeat", conversations=[conversation_id, 999])
    assert answered == {
        "type": "heartbeat.answered",
        "ref": answered["ref"],
        "numbers": {str(conversation_id): 3},
    }


async def test_delivered_and_read_are_told_to_the_other_side(visit, work):
    vera, bob, conversation_id = await begin(visit, work)
    await bob.ask("conversation.mark", conversation_id=conversation_id, delivered=3, read=2)
    marked = await vera.event("conversation.marked")
    assert marked["marks"] == {"agent_delivered": 3, "agent_read": 2}


async def test_marks_never_pass_the_end_of_the_log(visit, work):
    vera, bob, conversation_id = await begin(visit, work)
    await vera.ask("conversation.mark", conversation_id=conversation_id, read=5000)
    assert (await bob.event("conversation.marked"))["marks"] == {"visitor_delivered": 3, "visitor_read": 3}


async def test_of_two_agents_one_gets_it_and_the_other_reads_who(visit, work):
    vera, bob, conversation_id = await begin(visit, work)
    carol = await work("carol")
    late = await carol.ask("conversation.accept", conversation_id=conversation_id)
    assert (late["code"], late["message"]) == (
        "accepted_by_other",
        "Bob was faster and has this conversation now.",
    )


async def test_after_the_end_nothing_more_is_stored(visit, work):
    vera, bob, conversation_id = await begin(visit, work)
    assert (await vera.ask("conversation.end", conversation_id=conversation_id))["type"] == "ack"
    while (heard := await bob.event("entry.created"))["entry"]["kind"] != "ended":
        continue
    assert heard["entry"]["side"] == "visitor"
    refused = await bob.ask("message.send", conversation_id=conversation_id, client_id=name(), text="Wait")
    assert refused["code"] == "conversation_ended"


async def test_an_agent_who_does_not_hold_it_cannot_write_in_it(visit, work):
    vera, bob, conversation_id = await begin(visit, work)
    carol = await work("carol")
    refused = await carol.ask("message.send", conversation_id=conversation_id, client_id=name(), text="Hi")
    assert refused["code"] == "not_your_conversation"


async def test_the_board_shows_who_is_on_the_website(visit, work):
    bob = await work("bob")
    opened = await bob.ask("board.open")
    vera = await visit()
    while True:
        change = await bob.event("board.changed")
        if any(one["visitor"] == vera.greeting["visitor"] for one in change["changed"]):
            break
    assert change["version"] > opened["result"]["version"]
    assert change["changed"][0]["page"]["title"] == "Acme"


async def test_who_looked_at_a_waiting_conversation_hears_no_more_once_a_colleague_has_it(visit, work):
    bob, carol, vera = await work("bob"), await work("carol"), await visit()
    asked = await vera.ask("conversation.request", client_id=name(), text="Hello", page=PAGE)
    conversation_id = asked["result"]["conversation"]["id"]
    assert (await carol.ask("conversation.follow", conversation_id=conversation_id))["type"] == "ack"
    await vera.ask("message.send", conversation_id=conversation_id, client_id=name(), text="Still waiting")
    assert (await carol.event("entry.created"))["entry"]["text"] == "Still waiting"
    await bob.ask("conversation.accept", conversation_id=conversation_id)
    await vera.ask("message.send", conversation_id=conversation_id, client_id=name(), text="For Bob alone")
    await bob.event("entry.created")
    refused = await carol.ask("conversation.follow", conversation_id=conversation_id)
    assert refused["code"] == "not_found"
    assert not [one for one in carol.events if one["type"] == "entry.created"]


async def test_what_fails_unforeseen_on_the_hot_path_is_noted_without_words(visit, live, monkeypatch, caplog):
    async def broken(batch):
        raise ZeroDivisionError("what Vera wrote")

    monkeypatch.setattr(live.writer, "_work", broken)
    vera = await visit()
    answer = await vera.ask("message.send", conversation_id=1, client_id=name(), text="what Vera wrote")
    assert answer["code"] == "unavailable"
    assert "ZeroDivisionError" in caplog.text
    assert "Vera" not in caplog.text
