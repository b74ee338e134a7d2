"""The same request twice at the same moment, as after a lost connection: one conversation, one answer."""

import concurrent.futures
import threading
import uuid

import pytest
from django.db import connection

from accounts.models import Agent
from chat import lists
from chat.models import Conversation, Lease
from chat.services import conversations
from chat.testing import PAGE, make_online, make_visitor


@pytest.fixture
def pool():
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        yield pool


def test_a_repeat_waits_for_the_first_and_gets_its_answer(committed, pool, monkeypatch):
    """Although nobody is online any more when it comes."""
    acme, name = committed.acme, uuid.uuid4()
    under_way, go_on = threading.Event(), threading.Event()
    announce = lists.announce

    def announced(conversation):
        under_way.set()
        assert go_on.wait(5)
        announce(conversation)

    def ask():
        with acme.entered():
            try:
                return conversations.request(vera, text="Hello", client_id=name, page=PAGE)
            finally:
                connection.close()

    with acme.entered():
        make_online(Agent.objects.get(agent_id="bob"))
        vera = make_visitor()
        monkeypatch.setattr(lists, "announce", announced)
        first = pool.submit(ask)
        assert under_way.wait(5)
        Lease.objects.all().delete()
        second = pool.submit(ask)
        concurrent.futures.wait([second], timeout=0.3)
        go_on.set()
        assert first.result(5) == second.result(5)
        assert Conversation.objects.get().entries.count() == 2
