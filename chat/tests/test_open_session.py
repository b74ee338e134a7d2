"""Who may open a socket: each refusal says why, and the connection survives where trying again makes sense."""

import asyncio
import datetime
import time
import uuid

import pytest
from django.utils import timezone

from accounts.models import Agent
from accounts.testing import make_socket_token
from chat import runtime
from chat.hot.store import Store
from chat.models import Lease
from chat.tests.conftest import Client
from chat.tests.hot import inside
from core.realtime import pool
from widgets.services import visitor_tokens

PAGE = {"url": "https://acme.example/"}
ROLES = ["visitor", "agent"]


@pytest.fixture
async def connect(live, committed):
    """`await connect("agent")`: a socket on which nothing has been said yet."""
    clients = []

    async def connect(role, company_id=committed.acme.company_id, **options):
        client = Client(company_id, role, **options)
        clients.append(client)
        await client.wire.connect()
        return client

    yield connect
    for client in clients:
        await client.leave()


async def visitor_fields(company, agent_id=""):
    return {"page": PAGE, "token": visitor_tokens.issue(company.company_id, uuid.uuid4())}


async def agent_fields(company, agent_id="bob"):
    def token():
        with company.entered():
            return make_socket_token(company, Agent.objects.get(agent_id=agent_id))

    return {"token": await pool.run(token)}


FIELDS = {"visitor": visitor_fields, "agent": agent_fields}


@pytest.mark.parametrize("role", ROLES)
async def test_the_first_command_must_open_the_session(connect, committed, role):
    client = await connect(role)
    refused = await client.ask("heartbeat")
    assert (refused["code"], refused["message"]) == (
        "not_opened",
        "Say who you are first: the first frame must be session.open.",
    )
    opened = await client.ask("session.open", **await FIELDS[role](committed.acme))
    assert opened["type"] == "session.opened"


@pytest.mark.parametrize("role", ROLES)
async def test_who_says_nothing_is_told_and_closed(connect, settings, role):
    settings.OPENING_TIMEOUT = 0.05
    client = await connect(role)
    assert await client.closed() == 4001
    assert client.events[-1]["code"] == "not_opened"


@pytest.mark.parametrize("role", ROLES)
async def test_a_session_opens_once(connect, committed, role):
    client = await connect(role)
    fields = await FIELDS[role](committed.acme)
    await client.ask("session.open", **fields)
    refused = await client.ask("session.open", **fields)
    assert (refused["code"], refused["message"]) == (
        "opened_already",
        "This session has been opened already.",
    )
    assert (await client.ask("heartbeat"))["type"] == "heartbeat.answered"


@pytest.mark.parametrize("role", ROLES)
async def test_a_session_opens_once_even_asked_twice_at_the_same_time(connect, committed, role):
    client = await connect(role)
    fields = await FIELDS[role](committed.acme)
    refs = [await client.begin("session.open", **fields) for _ in range(2)]
    assert (await client.answer(refs[0]))["type"] == "session.opened"
    assert (await client.answer(refs[1]))["code"] == "opened_already"


async def test_an_agent_who_asks_twice_holds_one_lease(connect, committed, live):
    client = await connect("agent")
    fields = await agent_fields(committed.acme)
    for ref in [await client.begin("session.open", **fields) for _ in range(2)]:
        await client.answer(ref)
    assert len(live.leases._held) == 1
    await client.leave()
    assert len(live.leases._held) == 0


async def test_a_socket_that_goes_while_it_is_opened_leaves_no_lease_behind(
    connect, committed, live, settings
):
    client, fields = await connect("agent"), await agent_fields(committed.acme)
    other, lock = Store(runtime._dsn()), f"{committed.acme.schema_name}:presence"
    await other.fetch("SELECT pg_advisory_lock(hashtext($1))", lock)
    await client.begin("session.open", **fields)
    await asyncio.sleep(0.2)
    leaving = asyncio.create_task(client.leave())
    await asyncio.sleep(0.1)
    await other.close()
    await leaving
    assert live.leases._held == {}
    await live.leases.stop()
    lasting = Lease.objects.filter(expires_at__gt=timezone.now() + datetime.timedelta(seconds=20))
    assert not await inside(committed.acme, lasting.exists)


@pytest.mark.parametrize(
    ("token", "code", "message"),
    [
        ("nonsense", "visitor_token_invalid", "This visitor is not known here."),
        ("a:b:c", "visitor_token_invalid", "This visitor is not known here."),
        ("::::", "visitor_token_invalid", "This visitor is not known here."),
        ("\u00e9\x00", "visitor_token_invalid", "This visitor is not known here."),
    ],
)
async def test_a_forged_visitor_token_is_refused(connect, token, code, message):
    client = await connect("visitor")
    refused = await client.ask("session.open", token=token, page=PAGE)
    assert (refused["code"], refused["message"]) == (code, message)
    assert (await client.ask("session.open", page=PAGE))["type"] == "session.opened"


async def test_a_token_whose_visitor_was_exchanged_is_refused(connect, committed):
    token = visitor_tokens.issue(committed.acme.company_id, uuid.uuid4())
    _, dot, signature = token.partition(":")
    forged = f"{committed.acme.company_id}.{uuid.uuid4().hex}{dot}{signature}"
    refused = await (await connect("visitor")).ask("session.open", token=forged, page=PAGE)
    assert refused["code"] == "visitor_token_invalid"


async def test_an_expired_visitor_token_is_refused_and_a_new_visitor_may_come(
    connect, committed, monkeypatch
):
    token = visitor_tokens.issue(committed.acme.company_id, uuid.uuid4())
    later = time.time() + datetime.timedelta(days=401).total_seconds()
    monkeypatch.setattr(time, "time", lambda: later)
    client = await connect("visitor")
    refused = await client.ask("session.open", token=token, page=PAGE)
    assert refused["code"] == "visitor_token_expired"
    assert (await client.ask("session.open", page=PAGE))["type"] == "session.opened"


async def test_a_visitor_token_of_another_company_is_refused(connect, committed):
    client = await connect("visitor")
    refused = await client.ask("session.open", **await visitor_fields(committed.globex))
    assert refused["code"] == "visitor_token_invalid"


async def test_a_visitor_token_makes_nobody_an_agent(connect, committed):
    token = (await visitor_fields(committed.acme))["token"]
    refused = await (await connect("agent")).ask("session.open", token=token)
    assert (refused["code"], refused["message"]) == ("token_invalid", "This token is not one of ours.")


async def test_an_agents_token_makes_nobody_a_visitor(connect, committed):
    token = (await agent_fields(committed.acme))["token"]
    refused = await (await connect("visitor")).ask("session.open", token=token, page=PAGE)
    assert refused["code"] == "visitor_token_invalid"


async def test_an_agents_token_of_another_company_is_refused(connect, committed):
    client = await connect("agent")
    refused = await client.ask("session.open", **await agent_fields(committed.globex, "mallory"))
    assert refused["code"] == "token_invalid"
    assert (await client.ask("session.open", **await agent_fields(committed.acme)))[
        "type"
    ] == "session.opened"


@pytest.mark.parametrize("token", ["", "nonsense", "a:b:c"])
async def test_a_forged_agents_token_is_refused(connect, token):
    refused = await (await connect("agent")).ask("session.open", token=token)
    assert refused["code"] == "token_invalid"


async def test_an_agents_token_is_old_after_a_minute(connect, committed, monkeypatch):
    fields = await agent_fields(committed.acme)
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    refused = await (await connect("agent")).ask("session.open", **fields)
    assert (refused["code"], refused["message"]) == ("token_expired", "This token is too old. Get a new one.")


async def test_a_deactivated_agents_token_is_refused(connect, committed):
    def deactivate(is_active):
        with committed.acme.entered():
            Agent.objects.filter(agent_id="carol").update(is_active=is_active)

    fields = await agent_fields(committed.acme, "carol")
    await pool.run(deactivate, False)
    refused = await (await connect("agent")).ask("session.open", **fields)
    await pool.run(deactivate, True)
    assert refused["code"] == "forbidden"


async def test_a_website_that_is_not_listed_is_refused(connect, change):
    await change(sites=["https://acme.example"])
    refused = await (await connect("visitor", origin="https://evil.example")).ask("session.open", page=PAGE)
    assert (refused["code"], refused["message"]) == (
        "origin_not_allowed",
        "This website is not among the sites of the company. Add it on the page “Site code”.",
    )


@pytest.mark.parametrize("origin", ["", "null", "https://acme.example.evil.example", "http://acme.example"])
async def test_what_only_resembles_a_listed_website_is_refused(connect, change, origin):
    await change(sites=["https://acme.example"])
    refused = await (await connect("visitor", origin=origin)).ask("session.open", page=PAGE)
    assert refused["code"] == "origin_not_allowed"


async def test_a_listed_website_is_let_in(connect, change):
    await change(sites=["https://shop.acme.example", "https://acme.example"])
    opened = await (await connect("visitor", origin="https://acme.example")).ask("session.open", page=PAGE)
    assert opened["type"] == "session.opened"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("company_id", [1, 10_000_000, 10**40])
async def test_a_company_that_is_not_there_is_refused(connect, committed, role, company_id):
    client = await connect(role, company_id)
    refused = await client.ask("session.open", **await FIELDS[role](committed.acme))
    assert (refused["code"], refused["message"]) == (
        "company_closed",
        "This company is not to be reached here just now.",
    )


@pytest.mark.parametrize("role", ROLES)
async def test_a_company_unconfirmed_for_more_than_a_week_is_refused(connect, committed, change, role):
    await change(confirmed_at=None, created_at=timezone.now() - datetime.timedelta(days=7, seconds=1))
    client = await connect(role)
    refused = await client.ask("session.open", **await FIELDS[role](committed.acme))
    assert refused["code"] == "company_closed"


@pytest.mark.parametrize("role", ROLES)
async def test_within_the_week_it_works_unconfirmed(connect, committed, change, role):
    await change(confirmed_at=None, created_at=timezone.now() - datetime.timedelta(days=6))
    client = await connect(role)
    assert (await client.ask("session.open", **await FIELDS[role](committed.acme)))[
        "type"
    ] == "session.opened"
