"""Makes the companies of a run, by the services that sign them up: python -m faults.prepare COUNT.

Prints who they are, as JSON. Needs DATABASE_URL and REDIS_URL of the product.
"""

import json
import os
import secrets
import sys
from typing import Any

import django

AGENTS = ("bob", "carol")


def main(count: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    django.setup()
    json.dump([_company(f"Company {number}") for number in range(1, count + 1)], sys.stdout)


def _company(name: str) -> dict[str, Any]:
    from accounts.models import Role
    from accounts.services import agents, confirmations, sign_up

    password = secrets.token_urlsafe()
    company, _ = sign_up.open_company(
        company_name=name,
        name="Alice",
        agent_id="alice",
        email="alice@example.com",
        password=password,
        language="en",
        time_zone="UTC",
    )
    confirmations.confirm(confirmations.token_of(company))
    with company.entered():
        for agent_id in AGENTS:
            mail = f"{agent_id}@example.com"
            role = Role.Kind.AGENT
            agents.add(
                agent_id=agent_id, name=agent_id.title(), email=mail, password=password, role_kind=role
            )
    return {
        "company_id": company.company_id,
        "schema": company.schema_name,
        "agents": ["alice", *AGENTS],
        "password": password,
    }


if __name__ == "__main__":
    main(int(sys.argv[1]))
