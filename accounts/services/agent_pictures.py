"""Pictures that whoever manages agents gives to others, or takes away."""

from django.db import transaction

from accounts.models import Agent
from accounts.services import agent_rules, faces


@transaction.atomic
def put_on(agent: Agent, upload: bytes, *, by: Agent) -> None:
    faces.put_on(agent_rules.changeable(agent, agent_rules.in_turn(by)), upload)


@transaction.atomic
def take_off(agent: Agent, *, by: Agent) -> None:
    faces.take_off(agent_rules.changeable(agent, agent_rules.in_turn(by)))
