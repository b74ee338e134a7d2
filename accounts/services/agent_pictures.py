"""Pictures that whoever manages agents gives to others, or takes away."""

from django.db import transaction

from accounts.models import Agent
from accounts.services import agent_rules, faces


@transaction.atomic
def put_on(agent: Agent, upload: bytes, *, by: Agent) -> None:
    agent_rules.check_may_change(agent_rules.in_turn(by), agent)
    faces.put_on(agent, upload)


@transaction.atomic
def take_off(agent: Agent, *, by: Agent) -> None:
    agent_rules.check_may_change(agent_rules.in_turn(by), agent)
    faces.take_off(agent)
