"""Who runs the installation: there is always one who can sign in."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from accounts import errors
from accounts.models import Agent
from accounts.services import operators
from accounts.testing import PASSWORD


@pytest.fixture
def two(committed: object) -> Iterator[list[Agent]]:
    """Olga and Otto, seen by several connections."""
    people = [
        operators.add(agent_id=name, name=name.title(), email="", password=PASSWORD)
        for name in ("olga", "otto")
    ]
    yield people
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL parley.audit_removal = 'on'")
        cursor.execute("DELETE FROM accounts_auditentry")
        cursor.execute("TRUNCATE accounts_agent, accounts_role CASCADE")


def test_of_two_who_disable_each_other_at_the_same_time_one_stays(two):
    refused: list[Exception] = []
    ready = threading.Barrier(2, timeout=10)

    def disable(operator: Agent) -> None:
        ready.wait()
        try:
            operators.set_active(operator, False)
        except errors.LastOperator as trouble:
            refused.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=disable, args=[one]) for one in two]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(refused) == 1
    assert Agent.objects.active().count() == 1
