"""Every command is tried with another company's ids and tokens. The list is the protocol: none is forgotten."""

from typing import Any, get_args

import msgspec
import pytest
from django.db import connection

from accounts.models import AddressRule, Agent
from accounts.services import socket_tokens
from chat.models import Conversation, Entry
from chat.testing import name
from chat.tests.conftest import Client
from config.tests.acme import Ear, fingerprint, make_belongings
from core.realtime import pool
from protocol import commands
from widgets.services import visitor_tokens

PAGE = {"url": "https://acme.example/"}
OPENINGS = {commands.OpenVisitorSession, commands.OpenAgentSession}
UNIONS = {"visitor": commands.VisitorCommand, "agent": commands.AgentCommand}
COMMANDS: dict[str, list[Any]] = {
    role: [msgspec.inspect.type_info(command) for command in get_args(union) if command not in OPENINGS]
    for role, union in UNIONS.items()
}
#: Names a conversation and is answered alike whether there is one or not.
HARMLESS = {"conversation.unfollow"}


def sample(type_: msgspec.inspect.Type, conversation_id: int, client_id: str) -> Any:
    """Something of this type that means as much harm as it can."""
    match type_:
        case msgspec.inspect.IntType() | msgspec.inspect.FloatType():
            return conversation_id
        case msgspec.inspect.UnionType(types=types):
            return sample(types[0], conversation_id, client_id)
        case msgspec.inspect.StrType(pattern=str()):
            return client_id
        case msgspec.inspect.StrType():
            return "mallory@globex.example"
        case msgspec.inspect.LiteralType(values=values):
            return values[0]
        case msgspec.inspect.ListType(item_type=item):
            return [sample(item, conversation_id, client_id)]
        case msgspec.inspect.StructType(fields=fields):
            return {one.encode_name: sample(one.type, conversation_id, client_id) for one in fields}
    raise TypeError(f"No sample of {type_}: teach this function.")


async def try_all(client, role, conversation, client_id):
    """The answer to each command of the client's language, with ids that are not theirs to use."""
    answers = {}
    for info in COMMANDS[role]:
        fields = sample(info, conversation.pk, str(client_id))
        del fields["ref"]
        answers[info.tag] = await client.ask(info.tag, **fields)
    return answers


def about_a_conversation(role):
    named = {info.tag for info in COMMANDS[role] if "conversation_id" in {one.name for one in info.fields}}
    return named - HARMLESS


def not_refused(answers, role):
    return [tag for tag in about_a_conversation(role) if answers[tag]["type"] != "refused"]


def told(client, answers, secrets):
    """The secrets that came over the socket, in answers or unasked."""
    everything = repr([*answers.values(), *client.events])
    return [secret for secret in secrets if secret in everything]


@pytest.fixture
def things(committed):
    things = make_belongings(committed.acme)
    with committed.acme.entered():
        # The sockets of these tests come from nowhere.
        AddressRule.objects.all().delete()
    connection.close()
    return things


@pytest.fixture
def ear(things, committed):
    return Ear(committed.acme)


@pytest.fixture
async def before(things, committed):
    return await pool.run(fingerprint, committed.acme)


async def enter_globex(role, visit, work, committed):
    ways = {"visitor": lambda: visit(committed.globex), "agent": lambda: work("mallory", committed.globex)}
    return await ways[role]()


@pytest.mark.parametrize("role", COMMANDS)
async def test_ids_of_another_company_lead_nowhere(role, things, ear, before, visit, work, committed):
    client = await enter_globex(role, visit, work, committed)
    answers = await try_all(client, role, things.talk, things.client_id)
    assert not_refused(answers, role) == []
    assert told(client, answers, things.secrets) == []
    assert await pool.run(fingerprint, committed.acme) == before
    assert ear.heard() == []


@pytest.fixture
async def same_id(things, visit, work, committed):
    """Gus and Mallory of Globex talk in a conversation with the id that Vera's has in Acme."""
    gus, mallory = await visit(committed.globex), await work("mallory", committed.globex)
    for _ in range(things.talk.pk):
        asked = await gus.ask("conversation.request", client_id=str(things.client_id), text="Mine", page=PAGE)
        last = asked["result"]["conversation"]["id"]
        await gus.ask("conversation.end", conversation_id=last)
    assert last == things.talk.pk
    await gus.ask("conversation.follow", conversation_id=last)
    await mallory.ask("conversation.follow", conversation_id=last)
    return {"visitor": gus, "agent": mallory}


@pytest.mark.parametrize("role", COMMANDS)
async def test_the_same_id_in_both_companies_is_ones_own(role, same_id, things, ear, before, committed):
    client = same_id[role]
    answers = await try_all(client, role, things.talk, things.client_id)
    assert told(client, answers, things.secrets) == []
    assert await pool.run(fingerprint, committed.acme) == before
    assert ear.heard() == []


async def test_what_happens_in_one_company_is_not_heard_in_another(same_id, things, visit, work, committed):
    await same_id["agent"].ask("workspace.open")
    await same_id["agent"].ask("board.open")
    bob, vera = await work("bob"), await visit(token=token_of(things.vera, committed.acme))
    await bob.ask("board.open")
    await bob.ask("conversation.follow", conversation_id=things.talk.pk)
    words = {"conversation_id": things.talk.pk, "client_id": name(), "text": "acme-secret words"}
    await bob.ask("message.send", **words)
    await vera.ask("conversation.end", conversation_id=things.talk.pk)
    await bob.ask("status.set", status="away")
    for event in ("entry.created", "conversation.changed", "agent.changed", "board.changed"):
        await bob.event(event)
    for client in same_id.values():
        assert told(client, {"heartbeat": await client.ask("heartbeat")}, things.secrets) == []


def token_of(visitor, company):
    return visitor_tokens.issue(company.company_id, visitor.pk)


def visitors_opening(globex, vera):
    """Even Vera's own id is nobody's when Globex signed it."""
    return {"token": token_of(vera, globex), "page": PAGE}


def agents_opening(globex, vera):
    with globex.entered():
        mallory = Agent.objects.get(agent_id="mallory")
    return {"token": socket_tokens.issue(globex, mallory, "session")}


OPENING = {"visitor": visitors_opening, "agent": agents_opening}


@pytest.mark.parametrize("role", COMMANDS)
async def test_a_token_of_another_company_opens_nothing(role, things, ear, before, live, committed):
    client = Client(committed.acme.company_id, role)
    refused = await client.open(**await pool.run(OPENING[role], committed.globex, things.vera))
    answers = await try_all(client, role, things.talk, things.client_id)
    await client.leave()
    assert refused["type"] == "refused"
    assert {answer["code"] for answer in answers.values()} == {"not_opened"}
    assert await pool.run(fingerprint, committed.acme) == before
    assert ear.heard() == []


async def test_another_visitor_of_the_same_company_gets_nothing_of_it(things, live, visit, committed):
    def hers():
        with committed.acme.entered():
            talk = Conversation.objects.filter(pk=things.talk.pk).values().get()
            return talk, list(Entry.objects.filter(conversation=things.talk).order_by("number").values())

    before = await pool.run(hers)
    eve = await visit()
    answers = await try_all(eve, "visitor", things.talk, things.client_id)
    assert not_refused(answers, "visitor") == []
    assert told(eve, answers, things.secrets) == []
    assert await pool.run(hers) == before


async def test_a_colleague_who_does_not_hold_it_changes_nothing_of_it(things, live, work, committed):
    carol = await work("carol")
    answers = await try_all(carol, "agent", things.talk, things.client_id)
    assert not_refused(answers, "agent") == []
    heard = repr([*answers.values(), *carol.events])
    assert "acme-secret talk" not in heard
    assert "acme-secret request" in heard
