"""A socket of an administrator who sees as a role: it hears and asks as the role would, and writes nothing."""

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import AccessSettings, Agent, Role, Totp
from accounts.services import agents, passwords, sign_in_settings, socket_tokens
from accounts.testing import PASSWORD, make_session
from chat.consumers import agent as agent_socket
from chat.models import Lease, Presence, StatusPeriod
from chat.testing import name
from chat.tests.conftest import Client
from companies.models import Company
from companies.services import plans
from core.realtime import pool

PAGE = {"url": "https://acme.example/"}


@pytest.fixture
async def look(live, committed):
    """`await look("agent")`: Alice's socket, seeing as this role; left at the end."""
    clients = []

    def token(kind):
        with committed.acme.entered():
            alice = Agent.objects.get(agent_id="alice")
            alice.seen_as = Role.objects.get(kind=kind)
        make_session(committed.acme, alice)
        return socket_tokens.issue(committed.acme, alice, "alice-session")

    async def look(kind):
        client = Client(committed.acme.company_id, "agent")
        clients.append(client)
        client.greeting = await client.open(token=await pool.run(token, kind))  # type: ignore[attr-defined]
        return client

    yield look
    for client in clients:
        await client.leave()


def of_alice(committed):
    with committed.acme.entered():
        alice = Agent.objects.get(agent_id="alice")
        return [model.objects.filter(agent=alice).count() for model in (Lease, Presence, StatusPeriod)]


async def test_it_says_so_and_nobody_is_there_for_it(look, visit, work, committed):
    bob, vera = await work("bob"), await visit()
    await bob.ask("status.set", status="away")
    client = await look("agent")
    assert client.greeting["is_seeing"] is True
    assert await pool.run(of_alice, committed) == [0, 0, 0]
    assert (await vera.ask("heartbeat"))["type"] == "heartbeat.answered"
    assert not [one for one in bob.events if one["type"] == "agent.changed" and one["agent"]["id"] == 1]
    assert (await visit()).greeting["availability"] == "offline"


async def test_whatever_writes_is_refused_with_a_sentence(look, work, visit):
    await work("bob")
    vera = await visit()
    asked = await vera.ask("conversation.request", client_id=name(), text="Hello", page=PAGE)
    talk = asked["result"]["conversation"]["id"]
    client = await look("supervisor")
    for command, fields in (
        ("conversation.accept", {"conversation_id": talk}),
        ("conversation.end", {"conversation_id": talk}),
        ("conversation.mark", {"conversation_id": talk, "read": 1}),
        ("message.send", {"conversation_id": talk, "client_id": name(), "text": "Hi"}),
        ("status.set", {"status": "busy"}),
        ("away_after.set", {"minutes": 5}),
        ("activity.note", {}),
    ):
        refused = await client.ask(command, **fields)
        assert (command, refused["code"]) == (command, "only_seeing")
        assert refused["message"].startswith("You see this as “supervisor” would and can change nothing.")


def test_what_may_be_asked_meanwhile_is_named():
    reading = {command.__struct_config__.tag for command in agent_socket._READING}
    assert reading == {
        "heartbeat",
        "conversation.follow",
        "conversation.unfollow",
        "workspace.open",
        "board.open",
        "visitor.open",
    }


async def test_it_sees_what_the_role_would_see(look, work, visit):
    bob, vera = await work("bob"), await visit()
    asked = await vera.ask("conversation.request", client_id=name(), text="A secret", page=PAGE)
    talk = asked["result"]["conversation"]["id"]
    await bob.ask("conversation.accept", conversation_id=talk)
    as_agent, as_supervisor = await look("agent"), await look("supervisor")
    refused = await as_agent.ask("conversation.follow", conversation_id=talk)
    followed = await as_supervisor.ask("conversation.follow", conversation_id=talk)
    assert refused["code"] == "not_found"
    assert followed["result"]["entries"]
    assert "A secret" not in repr((await as_agent.ask("workspace.open"))["result"])


async def test_an_invisible_administrator_stays_unseen(look, work):
    alice = await work("alice", session="other")
    await alice.ask("status.set", status="invisible")
    opened = (await (await look("agent")).ask("workspace.open"))["result"]
    assert [one["status"] for one in opened["agents"] if one["agent_id"] == "alice"] == ["offline"]


async def test_when_the_role_is_gone_so_is_the_socket(look, committed):
    def remove():
        with committed.acme.entered():
            alice = Agent.objects.get(agent_id="alice")
            Agent.objects.filter(pk=alice.pk).update(role=Role.objects.get(kind="agent"))

    def restore():
        with committed.acme.entered():
            Agent.objects.filter(agent_id="alice").update(role=Role.objects.get(kind="administrator"))

    client = await look("supervisor")
    await pool.run(remove)
    try:
        assert (await client.ask("workspace.open"))["code"] == "forbidden"
        await client.begin("heartbeat")
        assert await client.closed() == 4001
    finally:
        await pool.run(restore)


def disable(acme):
    alice = Agent.objects.get(agent_id="alice")
    agents.add(agent_id="ada", name="Ada", email="", password=PASSWORD, role_kind="administrator")
    agents.deactivate(alice)


def give_another_password(acme):
    with transaction.atomic():
        passwords.choose(Agent.objects.get(agent_id="alice"), "another battery staple")


def suspend(acme):
    plans.suspend(acme, reason="Unpaid")


def require_second_step(acme):
    by = agents.add(agent_id="ada", name="Ada", email="", password=PASSWORD, role_kind="administrator")
    Totp.objects.create(agent=by, secret=b"", confirmed_at=timezone.now())
    sign_in_settings.change(requires_two_step=True, by=by)


@pytest.fixture
def acme(committed):
    """As before after the test."""
    with committed.acme.entered():
        before = Agent.objects.get(agent_id="alice")
        yield Company.objects.get(pk=committed.acme.pk)
        before.save()
        Totp.objects.all().delete()
        AccessSettings.objects.all().delete()
        Agent.objects.filter(agent_id="ada").delete()
    Company.objects.filter(pk=committed.acme.pk).update(suspended_at=None, suspension_reason="")


@pytest.mark.parametrize("deed", [disable, give_another_password, suspend, require_second_step])
async def test_it_goes_with_whoever_may_not_be_here_any_more(deed, look, acme):
    """They hold no lease by which others are found; nor need their client ever say a heartbeat."""

    def do():
        with acme.entered():
            deed(acme)

    client = await look("supervisor")
    await pool.run(do)
    assert await client.closed() == 4001
    assert client.events[-1]["type"] == "session.ended"


@pytest.mark.parametrize(
    "changes", [{"suspended_at": timezone.now(), "suspension_reason": "x"}, {"trial_ends_at": timezone.now()}]
)
async def test_a_closed_company_is_noticed_even_unheard(changes, look, acme):
    client = await look("supervisor")
    await pool.run(Company.objects.filter(pk=acme.pk).update, **changes)
    await client.begin("heartbeat")
    try:
        assert await client.closed() == 4001
    finally:
        await pool.run(Company.objects.filter(pk=acme.pk).update, trial_ends_at=None)
