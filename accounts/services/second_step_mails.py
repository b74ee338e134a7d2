"""What agents are told by mail about their second step."""

import secrets

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.models import Agent
from companies.models import Company
from companies.services import deliveries


def tell_reset(company: Company, agent: Agent, *, by: Agent) -> None:
    with translation.override(agent.language or company.language):
        subject = gettext("Your second step at %(company)s was reset") % {"company": company.name}
        _post(company, agent, "second_step_reset", secrets.token_hex(8), subject, by=by)


def tell_locked(company: Company, agent: Agent) -> None:
    """Whoever guesses at codes knows the password. Once a day at most, however often they try."""
    with translation.override(agent.language or company.language):
        subject = gettext("Somebody knows your password at %(company)s") % {"company": company.name}
        _post(company, agent, "second_step_locked", f"{timezone.now():%Y%m%d}", subject)


def _post(company: Company, agent: Agent, kind: str, name: str, subject: str, **facts: object) -> None:
    if agent.email:
        deliveries.post_mail(
            company,
            key=f"{kind}-{company.company_id}-{agent.pk}-{name}",
            to=agent.email,
            subject=subject,
            text=render_to_string(f"accounts/mail/{kind}.txt", {"agent": agent, "company": company, **facts}),
        )
