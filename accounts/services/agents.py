"""Agents of the company one is in."""

from django.db import IntegrityError, transaction

from accounts import errors
from accounts.models import Agent, Role
from accounts.signals import agent_deactivated


def add(*, agent_id: str, name: str, email: str, password: str, role_kind: str) -> Agent:
    """An agent with one of the built-in roles."""
    agent = Agent(agent_id=agent_id, name=name, email=email, role=Role.objects.get(kind=role_kind))
    agent.set_password(password)
    agent.clean_fields()
    try:
        with transaction.atomic():
            agent.save(force_insert=True)
    except IntegrityError:
        raise errors.AgentIdTaken from None
    return agent


@transaction.atomic
def deactivate(agent: Agent) -> Agent:
    """They cannot sign in any more, and wherever they are signed in that is over."""
    agent.is_active = False
    agent.save(update_fields=["is_active"])
    agent_deactivated.send(Agent, agent=agent)
    return agent
