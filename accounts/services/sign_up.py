from django.db import transaction

from accounts.models import Agent, Role
from accounts.services import agents, audit, audit_owner, confirmations, roles
from companies.models import Company
from companies.services import companies
from companies.signals import company_opened


@transaction.atomic
def open_company(
    *,
    company_name: str,
    name: str,
    agent_id: str,
    email: str,
    password: str,
    language: str,
    time_zone: str,
    origin: str = "",
) -> tuple[Company, Agent]:
    """A company that can be used at once, its roles, and its first agent, who is administrator.

    The mail that confirms it leads to `origin`, or to where the installation says it is.
    """
    company = companies.create(name=company_name, email=email, language=language, time_zone=time_zone)
    with company.entered():
        roles.add_built_in()
        agent = agents.add(
            agent_id=agent_id,
            name=name,
            email=email,
            password=password,
            role_kind=Role.Kind.ADMINISTRATOR,
        )
        audit.record("company.opened", company)
        company_opened.send(Company, company=company)
        audit_owner.guard_new()
    confirmations.send(company, agent_id=agent_id, origin=origin)
    return company, agent
