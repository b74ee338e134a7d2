"""Sockets of agents hold only where the company's agents may be."""

import pytest

from accounts import errors
from accounts.models import AddressRule, Agent
from accounts.services import address_rules
from accounts.testing import make_socket_token
from chat.tests.conftest import Client
from chat.tests.hot import inside
from core.realtime import pool

OFFICE = "203.0.113.7"
HOME = "198.51.100.9"


@pytest.fixture
def acme(committed):
    with committed.acme.entered():
        yield committed.acme


@pytest.fixture
def quick(settings):
    """Leases are renewed four times a second."""
    settings.LEASE_SECONDS = 1


@pytest.fixture
async def work_from(live, acme):
    """`await work_from(OFFICE)`: Bob's socket from there, opened."""
    clients = []

    def token(company):
        with company.entered():
            agent = Agent.objects.filter(agent_id__in=["bob", "mallory"]).get()
        return make_socket_token(company, agent)

    async def work_from(address, company=acme):
        client = Client(company.company_id, "agent")
        client.wire.scope["client"] = [address, 50_000]
        clients.append(client)
        client.greeting = await client.open(token=await pool.run(token, company))  # type: ignore[attr-defined]
        return client

    yield work_from
    for client in clients:
        await client.leave()


def allow(network):
    return address_rules.add(network=network, remark="", present=OFFICE)


async def test_who_is_elsewhere_is_out_at_once(never_renewed, work_from, acme):
    office, home = await work_from(OFFICE), await work_from(HOME)
    await inside(acme, lambda: allow("203.0.113.0/24"))
    assert await home.closed() == 4001
    assert home.events[-1] == {"type": "session.ended", "reason": "refused"}
    assert (await office.ask("heartbeat", conversations=[]))["type"] == "heartbeat.answered"


async def test_a_socket_is_not_opened_from_elsewhere(work_from, acme):
    await inside(acme, lambda: allow("203.0.113.0/24"))
    assert (await work_from(OFFICE)).greeting["type"] == "session.opened"
    refused = (await work_from(HOME)).greeting
    assert (refused["type"], refused["code"]) == ("refused", errors.NotSignedIn.code)


async def test_what_was_not_heard_is_found_out_when_the_lease_is_renewed(quick, work_from, acme):
    home = await work_from(HOME)
    # Nobody is told.
    await inside(acme, lambda: AddressRule.objects.create(network="203.0.113.0/24"))
    assert await home.closed() == 4001


async def test_a_wider_rule_closes_nothing(work_from, acme):
    await inside(acme, lambda: allow("203.0.113.0/24"))
    office = await work_from(OFFICE)
    await inside(acme, lambda: allow("198.51.100.0/24"))
    assert (await office.ask("heartbeat", conversations=[]))["type"] == "heartbeat.answered"


async def test_another_companys_sockets_hear_nothing_of_it(work_from, acme, committed):
    mallory = await work_from(HOME, committed.globex)
    await inside(acme, lambda: allow("203.0.113.0/24"))
    assert (await mallory.ask("heartbeat", conversations=[]))["type"] == "heartbeat.answered"
    assert all(event["type"] != "session.ended" for event in mallory.events)


async def test_nobody_is_told_before_the_commit(acme, published):
    await inside(acme, lambda: allow("203.0.113.0/24"))
    [(channel, payload)] = published
    assert channel == f"{acme.schema_name}:address-rules"
    assert b"203.0.113.0/24" in payload
