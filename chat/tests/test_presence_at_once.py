"""Real connections, several at once: what is told last is true."""

import threading
import time
import uuid

import msgspec
from django.db import connection

from accounts.models import Agent
from chat.services import presence
from core.realtime import publish


def side_by_side(company, *deeds):
    """Each deed with Bob, on a connection of its own."""

    def carry_out(deed):
        with company.entered():
            deed(Agent.objects.select_related("role").get(agent_id="bob"))
            connection.close()

    threads = [threading.Thread(target=carry_out, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def told(published, audience, event, field):
    frames = [msgspec.json.decode(payload) for channel, payload in published if channel.endswith(audience)]
    return [frame[field] for frame in frames if frame["type"] == event]


def test_what_is_announced_last_is_true_however_many_change_it_at_once(committed, published):
    def come_and_go(bob):
        session = str(uuid.uuid4())[:32]
        start.wait()
        for _ in range(6):
            presence.connect(bob, uuid.uuid4(), session)
            presence.sign_out(bob, session)

    start = threading.Barrier(3)
    side_by_side(committed.acme, *[come_and_go] * 3)
    assert told(published, "colleagues", "agent.changed", "agent")[-1]["status"] == "offline"
    assert told(published, "site", "availability.changed", "availability")[-1] == "offline"


def test_who_is_slow_to_tell_does_not_tell_old_news_last(committed, published, monkeypatch):
    send, is_telling = publish._send, threading.Event()

    def slowly_at_first(payload, channels):
        if not is_telling.is_set():
            is_telling.set()
            time.sleep(0.3)
        send(payload, channels)

    def become_away(bob):
        is_telling.wait()
        presence.set_status(bob, "away")

    side_by_side(committed.acme, lambda bob: presence.connect(bob, uuid.uuid4(), "s"))
    published.clear()
    monkeypatch.setattr(publish, "_send", slowly_at_first)
    side_by_side(committed.acme, lambda bob: presence.set_status(bob, "busy"), become_away)
    assert told(published, "colleagues", "agent.changed", "agent")[-1]["status"] == "away"
    assert told(published, "site", "availability.changed", "availability")[-1] == "offline"
