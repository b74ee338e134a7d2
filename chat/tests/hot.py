"""Conversations and messages for tests of the hot path, which works beside the ORM."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection

from accounts.models import Agent
from chat.hot.messages import Message
from chat.models import Conversation, Entry
from chat.testing import make_conversation, make_online, make_visitor, name
from companies.models import Company
from core.realtime import pool

T = TypeVar("T")


async def inside(company: Company, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Call in a thread, in the company."""
    with company.entered():
        return await pool.run(function, *args, **kwargs)


async def make_talks(company: Company, count: int, *, agent_id: str = "bob") -> list[Conversation]:
    """Conversations of different visitors, held by one agent; each log has three entries."""

    def make() -> list[Conversation]:
        agent = Agent.objects.get(agent_id=agent_id)
        make_online(agent)
        return [make_conversation(visitor=make_visitor(), agent=agent) for _ in range(count)]

    return await inside(company, make)


def from_visitor(company: Company, talk: Conversation, **facts: Any) -> Message:
    given = {"client_id": name(), "text": "Hi"} | facts
    return Message(company.schema_name, talk.pk, talk.visitor_id, None, "", **given)


def from_agent(company: Company, talk: Conversation, **facts: Any) -> Message:
    given = {"agent_id": talk.agent_id, "author": "Bob", "client_id": name(), "text": "Hi"} | facts
    return Message(company.schema_name, talk.pk, None, **given)


async def log_of(company: Company, talk: Conversation) -> list[tuple[int, str]]:
    """Numbers and texts, as another connection sees them."""
    entries = Entry.objects.filter(conversation=talk).order_by("number").values_list("number", "text")
    return await inside(company, lambda: list(entries.all()))


async def last_number(company: Company, talk: Conversation) -> int:
    return await inside(company, lambda: Conversation.objects.get(pk=talk.pk).last_number)


async def cut_hot_connections() -> int:
    """End the hot path's connections as an operator or a restart would; how many there were."""

    def cut() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE application_name = 'parley-hot' AND datname = current_database()"
            )
            return int(cursor.fetchone()[0])

    return await pool.run(cut)
