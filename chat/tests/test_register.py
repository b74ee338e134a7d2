"""What attendance writes costs as many statements for one agent as for hundreds."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Agent
from accounts.services import socket_tokens
from accounts.testing import make_session
from chat import register
from chat.models import Lease
from chat.register import Change, Held

pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture
def crowd(in_acme, bob):
    """`crowd(3)`: so many agents about to connect, by the lease of each."""

    def held(agent):
        return Held(in_acme, agent, socket_tokens.session_hash(make_session(in_acme, agent)))

    def crowd(count):
        names = [f"agent-{uuid.uuid4().hex[:12]}" for _ in range(count)]
        made = Agent.objects.bulk_create([Agent(agent_id=name, name=name, role=bob.role) for name in names])
        return {uuid.uuid4(): held(agent) for agent in made}

    return crowd


def statements(deed):
    with CaptureQueriesContext(connection) as asked:
        deed()
    return len(asked)


def come(company, crowd):
    return register.write(company, [Change(held, key, is_new=True) for key, held in crowd.items()])


def test_coming(in_acme, crowd):
    few, many = crowd(2), crowd(200)
    come(in_acme, crowd(1))
    assert statements(lambda: come(in_acme, few)) == statements(lambda: come(in_acme, many))
    assert Lease.objects.live().count() == 203


def test_staying(in_acme, crowd):
    few, many = crowd(2), crowd(200)
    come(in_acme, few | many)

    def renew(held):
        register.renew(in_acme, held, {one.agent.pk: timezone.now() for one in held.values()})

    assert statements(lambda: renew(few)) == statements(lambda: renew(many))


def test_going(in_acme, crowd):
    few, many = crowd(2), crowd(200)
    come(in_acme, few | many)

    def go(held):
        register.write(in_acme, [Change(one, key, is_gone=True) for key, one in held.items()])

    assert statements(lambda: go(few)) == statements(lambda: go(many))


def test_who_has_signed_out_meanwhile_does_not_come(in_acme, crowd):
    here, gone = crowd(1), {key: one._replace(session="0" * 32) for key, one in crowd(1).items()}
    assert come(in_acme, here | gone) == set(gone)
    assert set(Lease.objects.values_list("pk", flat=True)) == set(here)
