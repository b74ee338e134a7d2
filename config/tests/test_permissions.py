"""Each page and command that asks for a capability is tried with it alone, and with all but it."""

import re
from typing import Any

import msgspec
import pytest

from accounts import access
from accounts.capabilities import Capability
from accounts.models import Agent, Role
from accounts.testing import Browser
from chat.consumers import agent as agent_socket
from config.tests import routes
from config.tests.acme import make_belongings
from config.tests.test_mallory_on_sockets import sample
from core.realtime import pool
from tools import permissions

GUARDED = [
    (path, needs.capability)
    for path, view in permissions.routes()
    if (needs := access.needs_of(view)) and needs.capability
]
COMMANDS = [
    (command, capability) for command, needed in agent_socket.NEEDS.items() for capability in sorted(needed)
]
#: Ask for more than the capability, and say so: each needs a reason.
FOR_ADMINISTRATORS = {
    # Whoever could change roles, or see as one, would give themselves every permission.
    "c/<int:company_id>/settings/roles/<int:pk>/see/",
}
#: What a page asks for besides: a file for elsewhere is also an export.
AS_WELL = {
    "c/<int:company_id>/settings/audit/export/": [Capability.EXPORT],
    "c/<int:company_id>/settings/export/<slug:name>/": [Capability.SEE_ALL_RECORDS],
}


def allow(agent, capabilities):
    """This agent may do exactly this."""
    role, _ = Role.objects.get_or_create(kind=Role.Kind.OWN, name="Tried")
    Role.objects.filter(pk=role.pk).update(capabilities=capabilities)
    Agent.objects.filter(pk=agent.pk).update(role=role, granted=[], withheld=[])


def all_but(capability):
    return [one.value for one in Capability if one != capability]


@pytest.fixture
def things(acme):
    return make_belongings(acme)


def answer(acme, agent, route, things, method):
    browser, path = Browser(), routes.path(route, acme.company_id, things)
    browser.enter(acme, agent)
    return getattr(browser, method)(path)


def test_there_are_guards_to_try():
    assert ("c/<int:company_id>/balance/", Capability.SUPERVISE) in GUARDED
    assert COMMANDS


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("route", "capability"), GUARDED)
def test_without_it_the_page_is_refused(route, capability, method, acme, carol, things):
    with acme.entered():
        allow(carol, all_but(capability))
    # What cannot be asked in this way at all is refused before.
    assert answer(acme, carol, route, things, method).status_code in {403, 405}


@pytest.mark.parametrize(("route", "capability"), GUARDED)
def test_with_it_alone_the_page_opens(route, capability, acme, alice, carol, things):
    agent = alice if route in FOR_ADMINISTRATORS else carol
    if agent == carol:
        with acme.entered():
            allow(carol, [capability, *AS_WELL.get(route, [])])
    answers = [answer(acme, agent, route, things, method).status_code for method in ("get", "post")]
    assert [code for code in answers if code not in {403, 405}], answers
    assert not [code for code in answers if code >= 500]


def test_each_command_says_what_it_needs():
    assert set(agent_socket.NEEDS) == set(agent_socket.AgentSocket.handlers)


async def tried(command: Any, work: Any, committed: Any, capabilities: list[str]) -> dict[str, Any]:
    """What Carol hears who may do exactly this."""

    def prepare() -> None:
        with committed.acme.entered():
            allow(Agent.objects.get(agent_id="carol"), capabilities)

    def put_back() -> None:
        with committed.acme.entered():
            Agent.objects.filter(agent_id="carol").update(role=Role.objects.get(kind="agent"))
            Role.objects.filter(name="Tried").delete()

    await pool.run(prepare)
    try:
        client = await work("carol")
        fields = {one: value for one, value in sample_of(command).items() if one != "ref"}
        answer: dict[str, Any] = await client.ask(command.__struct_config__.tag, **fields)
    finally:
        await pool.run(put_back)
    return answer


def sample_of(command: Any) -> dict[str, Any]:
    found: dict[str, Any] = sample(
        msgspec.inspect.type_info(command), 1, "00000000-0000-4000-8000-000000000000"
    )
    return found


@pytest.mark.parametrize(("command", "capability"), COMMANDS)
async def test_a_command_is_permitted_with_any_of_its_capabilities(
    command, capability, live, work, committed
):
    answer = await tried(command, work, committed, [capability])
    assert answer.get("code") != "forbidden"


@pytest.mark.parametrize("command", sorted({command for command, _ in COMMANDS}, key=str))
async def test_a_command_is_refused_without_all_of_them(command, live, work, committed):
    others = [one.value for one in Capability if one not in agent_socket.NEEDS[command]]
    answer = await tried(command, work, committed, others)
    assert answer["code"] == "forbidden"


def test_the_table_names_every_capability():
    named = set(re.findall(r"`([a-z_]+)`", permissions.page()))
    assert set(Capability.values) <= named
