"""What agents are told by mail about their second step."""

import secrets
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Agent
from accounts.services import mails
from companies.models import Company


def tell_reset(company: Company, agent: Agent, *, by: Agent) -> None:
    subject = _("Your second step at %(company)s was reset")
    _post(company, agent, "second_step_reset", secrets.token_hex(8), subject, by=by)


def tell_locked(company: Company, agent: Agent) -> None:
    """Whoever guesses at codes knows the password. Once a day at most, however often they try."""
    subject = _("Somebody knows your password at %(company)s")
    _post(company, agent, "second_step_locked", f"{timezone.now():%Y%m%d}", subject)


def _post(company: Company, agent: Agent, kind: str, name: str, subject: Promise, **facts: Any) -> None:
    if agent.email:
        mails.post(
            kind,
            company,
            to=agent.email,
            language=agent.language,
            key=f"{kind}-{company.company_id}-{agent.pk}-{name}",
            subject=subject,
            agent=agent,
            **facts,
        )
