"""Two administrators who act at the same moment, on connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import Agent, Role
from accounts.services import agents
from core.errors import DomainError


@pytest.fixture
def both(committed):
    """Alice and Bob, both administrators."""
    acme = committed.acme
    with acme.entered():
        kinds = {role.kind: role for role in Role.objects.all()}
        Agent.objects.filter(agent_id="bob").update(role=kinds["administrator"])
        yield list(
            Agent.objects.select_related("role").filter(agent_id__in=["alice", "bob"]).order_by("agent_id")
        )


def at_once(company, *deeds):
    """What each has raised, or None."""
    start = Barrier(len(deeds), timeout=10)

    def work(deed):
        try:
            with company.entered():
                start.wait()
                deed()
        except DomainError as trouble:
            return trouble
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(work, deeds))


@pytest.mark.parametrize("attempt", range(3))
def test_who_disable_each_other(committed, both, attempt):
    alice, bob = both
    outcome = at_once(
        committed.acme, lambda: agents.disable(bob, by=alice), lambda: agents.disable(alice, by=bob)
    )
    assert sorted(trouble is None for trouble in outcome) == [False, True]
    assert Agent.objects.active().administrators().count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_who_demote_each_other(committed, both, attempt):
    alice, bob = both
    role = Role.objects.get(kind="supervisor")
    outcome = at_once(
        committed.acme,
        lambda: agents.edit(bob, by=alice, version=0, role=role),
        lambda: agents.edit(alice, by=bob, version=0, role=role),
    )
    assert sorted(trouble is None for trouble in outcome) == [False, True]
    assert Agent.objects.active().administrators().count() == 1


def test_who_edit_the_same_agent(committed, both):
    alice, bob = both
    carol = Agent.objects.get(agent_id="carol")
    outcome = at_once(
        committed.acme,
        lambda: agents.edit(carol, by=alice, version=0, telephone="1"),
        lambda: agents.edit(carol, by=bob, version=0, telephone="2"),
    )
    assert sorted(trouble.code if trouble else "" for trouble in outcome) == ["", "changed_meanwhile"]
    Agent.objects.filter(pk=carol.pk).update(telephone="")
