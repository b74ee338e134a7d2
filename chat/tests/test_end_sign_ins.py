"""A sign-in that somebody ends from elsewhere: its sockets close at once, conversations go back to the line."""

import pytest

from accounts.models import Agent, AuditEntry
from accounts.services import sign_in_sessions
from chat.models import Conversation
from chat.testing import make_conversation, make_online
from chat.tests.hot import inside


@pytest.fixture
def acme(committed):
    return committed.acme


def agent(agent_id):
    return Agent.objects.select_related("role").get(agent_id=agent_id)


def end_all(eve):
    sign_in_sessions.end_all_for(eve, by=agent("alice"))


async def test_by_whoever_manages_agents(never_renewed, eve, work, acme):
    desk, phone = await work("eve", session="desk"), await work("eve", session="phone")

    def hold():
        make_online(agent("bob"))
        return make_conversation(agent=eve)

    talk = await inside(acme, hold)
    await inside(acme, end_all, eve)
    assert [await desk.closed(), await phone.closed()] == [4001, 4001]
    assert desk.events[-1] == {"type": "session.ended", "reason": "signed_out"}
    again = await inside(acme, lambda: Conversation.objects.get(pk=talk.pk))
    assert (again.state, again.agent_id) == ("waiting", None)


async def test_by_oneself_all_but_this_one(eve, work, acme):
    desk, phone = await work("eve", session="desk"), await work("eve", session="phone")
    await inside(acme, lambda: sign_in_sessions.end_others(eve, kept="eve-desk"))
    assert await phone.closed() == 4001
    assert (await desk.ask("heartbeat"))["type"] == "heartbeat.answered"
    assert await inside(acme, AuditEntry.objects.filter(action="session.ended").count) == 1
