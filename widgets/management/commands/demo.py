import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from accounts.models import Role
from accounts.services import agents, confirmations, sign_up
from companies.models import Company, Plan
from companies.services import plans

_OTHERS = {"bob": "Bob", "carol": "Carol"}


class Command(BaseCommand):
    """Makes the demo company and writes where to look and how to sign in; harmless to run again."""

    help = "Make the demo company Acme with administrator alice and agents bob and carol."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, required=True, help="where to write it, as JSON")
        parser.add_argument("--url", required=True)
        parser.add_argument("--demo-url", required=True)

    def handle(self, *args: Any, file: Path, url: str, demo_url: str, **options: Any) -> None:
        known = json.loads(file.read_text(encoding="utf8")) if file.exists() else {}
        company = Company.objects.filter(company_id=known.get("company_id")).first()
        if company is None:
            company, passwords = _make(url)
            known = {"company_id": company.company_id, "agents": passwords}
        _write(file, {"url": url, "demo_url": demo_url, **_without(known, "url", "demo_url")})


@transaction.atomic
def _make(url: str) -> tuple[Company, dict[str, str]]:
    passwords = {agent_id: secrets.token_urlsafe(9) for agent_id in ("alice", *_OTHERS)}
    company, _ = sign_up.open_company(
        company_name="Acme",
        name="Alice",
        agent_id="alice",
        email="alice@acme.example",
        password=passwords["alice"],
        language="en",
        time_zone="UTC",
        origin=url.rstrip("/"),
    )
    # Nobody reads its mail, and it is to work for longer than a week and than any trial.
    confirmations.confirm(confirmations.token_of(company))
    plans.change(company, to=Plan.objects.get(code="professional"))
    with company.entered():
        for agent_id, name in _OTHERS.items():
            agents.add(
                agent_id=agent_id,
                name=name,
                email=f"{agent_id}@acme.example",
                password=passwords[agent_id],
                role_kind=Role.Kind.AGENT,
            )
    return company, passwords


def _without(facts: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name not in names}


def _write(file: Path, facts: dict[str, Any]) -> None:
    # Written beside and moved, so that nobody reads half a file; it holds passwords.
    beside = file.with_suffix(".new")
    beside.touch(mode=0o600)
    beside.write_text(json.dumps(facts, indent=2) + "\n", encoding="utf8")
    os.replace(beside, file)
