"""What Mallory must never see or change: some of everything Acme has, and a look at all of it."""

import hashlib
import uuid
from typing import NamedTuple

import redis
from django.conf import settings
from django.db import connection

from accounts.models import Agent, Group, Notice, Role
from accounts.services import notices
from chat.models import Conversation, OfflineMessage
from chat.services import offline_messages
from chat.testing import PAGE, make_conversation, make_online, make_visitor
from companies.models import Company
from widgets.models import Visitor


class Belongings(NamedTuple):
    """Vera talks with Bob, Walter waits, and somebody left words for later."""

    vera: Visitor
    talk: Conversation
    waiting: Conversation
    offline_message: OfflineMessage
    client_id: uuid.UUID
    notice: Notice
    role: Role
    group: Group

    @property
    def secrets(self) -> list[str]:
        """Words, names and ids that nobody outside may hear."""
        visitors = (str(self.talk.visitor_id), str(self.waiting.visitor_id))
        return ["acme-secret", "Vera", "Walter", "Bob", *visitors]


def make_belongings(company: Company) -> Belongings:
    with company.entered():
        bob = Agent.objects.get(agent_id="bob")
        make_online(bob)
        vera, walter = make_visitor(name="Vera"), make_visitor(name="Walter")
        talk = make_conversation(visitor=vera, agent=bob, text="acme-secret talk")
        waiting = make_conversation(visitor=walter, text="acme-secret request")
        named = talk.entries.exclude(client_id=None).get()
        left = offline_messages.leave(
            walter, client_id=uuid.uuid4(), text="acme-secret left", name="Walter", email="", page=PAGE
        )
        notice = notices.publish(notices.Words("acme-secret title", "acme-secret words"), by=bob)
        role, _ = Role.objects.get_or_create(kind=Role.Kind.OWN, name="acme-secret role")
        group, _ = Group.objects.get_or_create(name="acme-secret group")
    assert named.client_id is not None
    return Belongings(vera, talk, waiting, left, named.client_id, notice, role, group)


def fingerprint(company: Company) -> dict[str, str]:
    """A digest of every table of the company's schema."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = %s", [company.schema_name]
        )
        tables = [row[0] for row in cursor.fetchall()]
        return {table: _digest(cursor, f"{company.schema_name}.{table}") for table in tables}


def _digest(cursor: object, table: str) -> str:
    cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")  # type: ignore[attr-defined]
    return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()  # type: ignore[attr-defined]


class Ear:
    """Hears everything that is published on a company's channels."""

    def __init__(self, company: Company) -> None:
        self._pubsub = redis.Redis.from_url(settings.REDIS_URL).pubsub()
        self._pubsub.psubscribe(f"{company.schema_name}:*")
        assert self._pubsub.get_message(timeout=5) is not None

    def heard(self) -> list[tuple[bytes, bytes]]:
        """All there was, once it has been silent for a moment."""
        heard = []
        while (message := self._pubsub.get_message(timeout=0.2)) is not None:
            if not _is_farewell(message["data"]):
                heard.append((message["channel"], message["data"]))
        self._pubsub.close()
        return heard


def _is_farewell(event: bytes) -> bool:
    """The board letting go, seconds later, of visitors whom an earlier test had."""
    return event.startswith(b'{"type":"board.changed"') and b'"changed":[]' in event
