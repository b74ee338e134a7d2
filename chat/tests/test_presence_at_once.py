import itertools
import threading
import uuid

import msgspec
from django.db import connection

from accounts.models import Agent
from chat.services import presence


def test_what_is_announced_last_is_true_however_many_change_it_at_once(committed, published):
    """Real connections: one comes while another is signed out."""

    def change(number):
        with committed.acme.entered():
            bob = Agent.objects.select_related("role").get(agent_id="bob")
            start.wait()
            for _ in range(6):
                presence.connect(bob, uuid.uuid4(), str(number))
                presence.sign_out(bob, str(number))
            connection.close()

    start = threading.Barrier(3)
    threads = [threading.Thread(target=change, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses = [
        msgspec.json.decode(payload)["agent"]["status"]
        for channel, payload in published
        if channel.endswith("takers")
    ]
    assert statuses[-1] == "offline"
    assert all(one != other for one, other in itertools.pairwise(statuses))
