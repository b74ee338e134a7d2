"""Pictures of agents, as colleagues and visitors see them."""

from django.db import transaction

from accounts.models import Agent
from accounts.services import audit
from accounts.signals import agent_changed
from companies import limits
from core import pictures


@transaction.atomic
def put_on(agent: Agent, upload: bytes) -> None:
    """This picture instead of the one before."""
    limits.take(limits.Limit.STORAGE, len(upload))
    _change(agent, pictures.keep_face(upload))


@transaction.atomic
def take_off(agent: Agent) -> None:
    """The name's first letters instead. Harmless to repeat."""
    _change(agent, "")


def _change(agent: Agent, name: str) -> None:
    now = Agent.objects.select_for_update(of=("self",)).get(pk=agent.pk)
    before, now.picture = now.picture, name
    if before == name:
        return
    now.save(update_fields=["picture"])
    agent.picture = name
    audit.record("agent.picture_changed", now, {"picture": ["set" if before else "", "set" if name else ""]})
    pictures.forget(before)
    agent_changed.send(Agent, agent=now)
