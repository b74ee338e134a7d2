"""A socket of an operator on a visit: it hears what goes on in the company, is seen nowhere, and writes nothing."""

import datetime
import time

import pytest
from channels.routing import URLRouter
from django.db import connection

from accounts import errors, visiting
from accounts.models import Agent
from accounts.services import operator_visits, operators, socket_tokens
from accounts.testing import PASSWORD
from chat import routing, runtime
from chat.consumers.agent import AgentSocket
from chat.models import Conversation, Lease, Presence, StatusPeriod
from chat.testing import name
from chat.tests.conftest import Client
from chat.tests.test_sockets_over_http import HttpClient
from companies.models import OperatorVisit
from config.tests.test_mallory_on_sockets import COMMANDS, sample
from core.realtime import pool
from core.realtime.http.sessions import Sessions
from core.tenancy import context

PAGE = {"url": "https://acme.example/"}
READING = {
    "heartbeat",
    "conversation.follow",
    "conversation.unfollow",
    "workspace.open",
    "board.open",
    "visitor.open",
}


def add(agent_id):
    return operators.add(agent_id=agent_id, name=agent_id.title(), email="", password=PASSWORD)


def forget_operators():
    with context.entered(context.PUBLIC), connection.cursor() as cursor:
        cursor.execute("DELETE FROM companies_operatorvisit; DELETE FROM accounts_agent")
        # Append-only for everybody but the tests' broom.
        cursor.execute("ALTER TABLE accounts_auditentry DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM accounts_auditentry")
        cursor.execute("ALTER TABLE accounts_auditentry ENABLE TRIGGER USER")


@pytest.fixture
async def olga(committed):
    yield await pool.run(add, "olga")
    await pool.run(forget_operators)


@pytest.fixture
async def looks(live, committed, olga):
    """`await looks()`: Olga's socket in Acme, and her visit; left at the end."""
    clients = []

    def begin(company, lasts):
        visit = operator_visits.begin(company, operator=olga, reason="Ticket 7", lasts=lasts)
        return visit, socket_tokens.issue(company, visiting.agent(visit), "")

    async def looks(company=committed.acme, *, lasts=operator_visits.USUAL, client=None):
        client = client or Client(company.company_id, "agent")
        clients.append(client)
        client.visit, token = await pool.run(begin, company, lasts)
        client.greeting = await client.open(token=token)
        return client

    yield looks
    for client in clients:
        await client.leave()


@pytest.fixture
async def talk(visit, work):
    """Vera and Bob, who talk."""
    bob, vera = await work("bob"), await visit()
    asked = await vera.ask("conversation.request", client_id=name(), text="A secret", page=PAGE)
    key = asked["result"]["conversation"]["id"]
    await bob.ask("conversation.accept", conversation_id=key)
    return vera, bob, key


def of_nobody(company):
    with company.entered():
        rows = [
            model.objects.filter(agent_id=Agent.NOBODY).count() for model in (Lease, Presence, StatusPeriod)
        ]
        return [*rows, Agent.objects.filter(pk=Agent.NOBODY).count(), Lease.objects.count()]


async def test_it_sees_what_goes_on_while_it_goes_on(looks, talk):
    vera, bob, key = talk
    olga = await looks()
    assert olga.greeting["is_seeing"] is True
    opened = (await olga.ask("workspace.open"))["result"]
    assert [one["id"] for one in opened["conversations"]] == [key]
    assert "A secret" in repr((await olga.ask("conversation.follow", conversation_id=key))["result"])
    await vera.ask("message.send", conversation_id=key, client_id=name(), text="Are you there?")
    heard = await olga.event("entry.created", conversation_id=key)
    assert heard["entry"]["text"] == "Are you there?"
    assert (await olga.ask("board.open"))["type"] == "ack"
    visitor = opened["conversations"][0]["visitor"]
    assert (await olga.ask("visitor.open", visitor=visitor))["type"] == "ack"


async def test_nobody_of_the_company_is_there_for_it(looks, talk, work, committed):
    vera, bob, _ = talk
    before = (await bob.ask("workspace.open"))["result"]["agents"]
    bob.events.clear()
    olga = await looks()
    mine = (await olga.ask("workspace.open"))["result"]
    assert (mine["me"]["id"], mine["me"]["name"], mine["me"]["status"]) == (0, "Olga", "offline")
    assert [one["name"] for one in mine["agents"]] == [one["name"] for one in before]
    assert (await bob.ask("workspace.open"))["result"]["agents"] == before
    await vera.ask("heartbeat")
    assert bob.events == []
    assert await pool.run(of_nobody, committed.acme) == [0, 0, 0, 0, 1]
    await olga.leave()
    assert (await bob.ask("workspace.open"))["result"]["agents"] == before
    assert bob.events == []


async def test_the_website_is_as_offline_as_before(looks, visit):
    await looks()
    assert (await visit()).greeting["availability"] == "offline"


async def test_whoever_is_invisible_is_seen_as_administrators_see_them(looks, work):
    alice = await work("alice")
    await alice.ask("status.set", status="invisible")
    opened = (await (await looks()).ask("workspace.open"))["result"]
    assert [one["status"] for one in opened["agents"] if one["agent_id"] == "alice"] == ["invisible"]


def fields_of(info, key):
    found = sample(info, key, name())
    del found["ref"]
    return found


async def try_each(olga, key):
    return {info.tag: await olga.ask(info.tag, **fields_of(info, key)) for info in COMMANDS["agent"]}


def state_of(company, key):
    with company.entered():
        row = Conversation.objects.filter(pk=key).values().get()
        return row, Conversation.objects.get(pk=key).entries.count()


async def test_every_command_that_writes_is_refused_with_a_sentence(looks, talk, committed):
    _, _, key = talk
    before = await pool.run(state_of, committed.acme, key)
    answers = await try_each(await looks(), key)
    refused = {tag for tag, answer in answers.items() if answer.get("code") == "only_visiting"}
    assert refused == {info.tag for info in COMMANDS["agent"]} - READING
    assert "change nothing" in answers["message.send"]["message"]
    assert await pool.run(state_of, committed.acme, key) == before


@pytest.mark.parametrize("down", ["stream", "poll"])
async def test_nor_does_it_write_where_no_websocket_gets_through(looks, talk, committed, down):
    _, _, key = talk
    sessions = Sessions(URLRouter(routing.sockets), hub=lambda: runtime.current().hub)
    olga = await looks(client=HttpClient(sessions, down, committed.acme.company_id, "agent"))
    assert (await olga.ask("workspace.open"))["result"]["me"]["name"] == "Olga"
    before = await pool.run(state_of, committed.acme, key)
    answers = await try_each(olga, key)
    assert answers["message.send"]["code"] == answers["conversation.end"]["code"] == "only_visiting"
    assert await pool.run(state_of, committed.acme, key) == before
    await olga.leave()
    await sessions.stop()


async def test_the_database_itself_lets_it_only_read(looks, monkeypatch):
    """Whatever a command that reads might come to do some day."""
    olga = await looks()
    monkeypatch.setattr(AgentSocket, "_workspace", lambda self: Agent.objects.update(name="Mallory"))
    assert (await olga.ask("workspace.open"))["code"] == "unavailable"


async def is_out_within_a_second(client, since):
    assert (await client.event("session.ended"))["reason"] == "signed_out"
    code = await client.closed()
    return code == 4001 and time.monotonic() - since < 1


async def test_it_closes_when_the_visit_is_ended(looks):
    olga, since = await looks(), time.monotonic()
    await pool.run(operator_visits.end, olga.visit)
    assert await is_out_within_a_second(olga, since)


async def test_it_closes_when_the_time_is_up(looks):
    olga = await looks(lasts=datetime.timedelta(seconds=2))
    assert (await olga.ask("workspace.open"))["type"] == "ack"
    await olga.event("session.ended")
    assert await olga.closed() == 4001


async def test_it_closes_when_the_operator_is_disabled(looks, olga):
    await pool.run(add, "otto")
    client, since = await looks(), time.monotonic()
    await pool.run(operators.set_active, olga, False)
    assert await is_out_within_a_second(client, since)


async def test_an_end_that_was_missed_is_noticed_with_the_next_heartbeat(looks):
    client = await looks()

    def end_quietly():
        with context.entered(context.PUBLIC):
            OperatorVisit.objects.filter(pk=client.visit.pk).delete()

    await pool.run(end_quietly)
    assert (await client.ask("workspace.open"))["code"] == "forbidden"
    await client.begin("heartbeat")
    assert await client.closed() == 4001


async def test_the_token_opens_no_socket_of_another_company(looks, committed):
    olga = await looks()
    token = await pool.run(socket_tokens.issue, committed.acme, visiting.agent(olga.visit), "")
    with pytest.raises(errors.TokenInvalid):
        socket_tokens.read(token, committed.globex.company_id)
    client = Client(committed.globex.company_id, "agent")
    assert (await client.open(token=token))["code"] == "token_invalid"
    await client.leave()


async def test_a_token_of_a_visit_that_is_over_opens_nothing(looks, committed):
    olga = await looks()
    token = await pool.run(socket_tokens.issue, committed.acme, visiting.agent(olga.visit), "")
    await pool.run(operator_visits.end, olga.visit)
    # By then the word of it has come; on its way it would close the new socket before that is answered.
    await olga.closed()
    client = Client(committed.acme.company_id, "agent")
    assert (await client.open(token=token))["code"] == "forbidden"
    await client.leave()


async def test_the_end_of_one_visit_closes_no_other_companys_socket(looks, committed):
    acmes = await looks()
    globexs = await looks(committed.globex)
    await pool.run(operator_visits.end, acmes.visit)
    assert await acmes.closed() == 4001
    assert (await globexs.ask("workspace.open"))["type"] == "ack"
