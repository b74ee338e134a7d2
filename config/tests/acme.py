"""What Mallory must never see or change: some of everything Acme has, and a look at all of it."""

import functools
import re
import uuid
from typing import NamedTuple

import redis
from django.conf import settings
from django.db import connection, models
from psycopg import sql

from accounts.models import AddressRule, Agent, Group, Notice, Role, SignIn
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
    bob: Agent
    role: Role
    group: Group
    address_rule: AddressRule
    sign_in: SignIn

    @property
    def secrets(self) -> list[str]:
        """Words, names and ids that nobody outside may hear."""
        visitors = (str(self.talk.visitor_id), str(self.waiting.visitor_id))
        return ["acme-secret", "Vera", "Walter", "Bob", *visitors]

    def arguments(self, route: str) -> dict[str, object]:
        """What stands in the places of a path: a row of Acme's by the noun before it."""
        found: dict[str, object] = {}
        for noun, name in re.findall(r"([\w-]*)/<\w+:(\w+)>", route):
            if name != "company_id":
                found[name] = self._named(noun)
        return found

    def _named(self, noun: str) -> object:
        rows: dict[str, models.Model] = {
            "agents": self.bob,
            "roles": self.role,
            "groups": self.group,
            "notices": self.notice,
            "addresses": self.address_rule,
            "sessions": self.sign_in,
            "offline-messages": self.offline_message,
        }
        # A new noun needs its row here, unless it is a word of no company.
        return (
            rows[noun].pk
            if noun in rows
            else {
                "guide": "sign-in",
                "export": "conversations",
                "pictures": f"{'0' * 40}-64.webp",
                "passkeys": 1,
            }[noun]
        )


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
        rule, _ = AddressRule.objects.get_or_create(network="127.0.0.0/8", remark="acme-secret office")
        sign_in, _ = SignIn.objects.get_or_create(
            agent=bob, session_key="acme-secret-session", user_agent="acme-secret browser"
        )
    assert named.client_id is not None
    return Belongings(vera, talk, waiting, left, named.client_id, notice, bob, role, group, rule, sign_in)


def fingerprint(company: Company) -> dict[str, str]:
    """A digest of every table of the company's schema, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_digests(company.schema_name))
        return dict(cursor.fetchall())


@functools.cache
def _digests(schema: str) -> sql.Composable:
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = %s", [schema])
        tables = [name for (name,) in cursor.fetchall()]
    each = "SELECT {name}, md5(string_agg(t::text, E'\\n' ORDER BY t::text)) FROM {table} t"
    return sql.SQL(" UNION ALL ").join(
        sql.SQL(each).format(name=sql.Literal(name), table=sql.Identifier(schema, name)) for name in tables
    )


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
