"""A second step taken away by those who manage agents: for whoever has lost telephone, keys and codes."""

from django.db import transaction

from accounts.models import Agent
from accounts.services import agent_rules, second_step_mails, two_step
from companies.models import Company


@transaction.atomic
def reset(company: Company, agent: Agent, *, by: Agent) -> None:
    """The password alone opens from now on, until they set up another; they are told by mail."""
    by = agent_rules.in_turn(by)
    agent_rules.check_not_oneself(by, agent)
    now = agent_rules.changeable(agent, by)
    two_step.reset(now)
    second_step_mails.tell_reset(company, now, by=by)
