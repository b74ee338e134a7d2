"""Whoever has an agent's e-mail address gets a new password by it: the one before is told when it is another."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Agent
from accounts.services import audit, mails
from companies.models import Company
from core.tenancy import context


def tell(agent: Agent, changes: audit.Changes) -> None:
    """At the address that was theirs until now, if they had one."""
    before = changes.get("email", [""])[0]
    if not before or agent.is_invited:
        return
    company = Company.objects.get(schema_name=context.schema())
    mails.post(
        "email_changed",
        company,
        to=before,
        language=agent.language,
        key=f"email_changed-{company.company_id}-{agent.pk}-{agent.version}",
        subject=_("Your e-mail address at %(company)s was changed"),
        agent=agent,
    )
