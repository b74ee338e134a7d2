"""A second step taken away by those who manage agents: for whoever has lost telephone, keys and codes."""

import secrets

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import Agent
from accounts.services import agent_rules, two_step
from companies.models import Company
from companies.services import deliveries


@transaction.atomic
def reset(company: Company, agent: Agent, *, by: Agent) -> None:
    """The password alone opens from now on, until they set up another; they are told by mail."""
    by = agent_rules.in_turn(by)
    agent_rules.check_not_oneself(by, agent)
    agent_rules.check_may_change(by, agent)
    two_step.reset(agent)
    if agent.email:
        _tell(company, agent, by)


def _tell(company: Company, agent: Agent, by: Agent) -> None:
    with translation.override(agent.language or company.language):
        deliveries.post_mail(
            company,
            key=f"second-step-reset-{company.company_id}-{agent.pk}-{secrets.token_hex(8)}",
            to=agent.email,
            subject=gettext("Your second step at %(company)s was reset") % {"company": company.name},
            text=render_to_string(
                "accounts/mail/second_step_reset.txt", {"agent": agent, "by": by, "company": company}
            ),
        )
