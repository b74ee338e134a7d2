import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Agent
from accounts.services import audit_owner, audit_removal
from companies.models import Company


class Command(BaseCommand):
    """What an operator may do to audit logs; whatever leaves one is an entry in it."""

    help = "Shorten a company's audit log, take a person out of it, or give audit logs an owner of their own."

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        shorten = deeds.add_parser("shorten", help="remove what is older than a day")
        shorten.add_argument("company_id", type=int)
        shorten.add_argument("before", type=datetime.date.fromisoformat, help="as in 2025-12-31")
        forget = deeds.add_parser("forget", help="take an agent's name and addresses out of it")
        forget.add_argument("company_id", type=int)
        forget.add_argument("agent_id")
        deeds.add_parser("guard", help="hand all audit logs to the owner's role (PARLEY_OWNER_DATABASE_URL)")
        deeds.add_parser(
            "release", help="hand them back to the application's role, before a migration of them"
        )

    def handle(self, *args: Any, deed: str, **options: Any) -> None:
        getattr(self, deed)(**options)

    def shorten(self, *, company_id: int, before: datetime.date, **options: Any) -> None:
        company = _company(company_id)
        with company.entered(), self._as_owner():
            count = audit_removal.shorten(datetime.datetime.combine(before, datetime.time(), company.zone))
        self.stdout.write(f"{count} entries removed.")

    def forget(self, *, company_id: int, agent_id: str, **options: Any) -> None:
        with _company(company_id).entered(), self._as_owner():
            agent = Agent.objects.filter(agent_id=agent_id).first()
            if agent is None:
                raise CommandError(f"Company {company_id} has no agent {agent_id}.")
            count = audit_removal.forget(agent)
        self.stdout.write(f"{agent_id} was taken out of {count} entries.")

    def guard(self, **options: Any) -> None:
        self._hand_over(audit_owner.guard)

    def release(self, **options: Any) -> None:
        self._hand_over(audit_owner.release)

    @contextmanager
    def _as_owner(self) -> Iterator[None]:
        with _told(), audit_owner.removing():
            yield

    def _hand_over(self, deed: Any) -> None:
        with _told():
            count = deed()
        self.stdout.write(f"{count} audit logs changed hands.")


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except audit_owner.NoOwner as trouble:
        raise CommandError(trouble.message) from None


def _company(company_id: int) -> Company:
    company = Company.objects.filter(company_id=company_id).first()
    if company is None:
        raise CommandError(f"There is no company {company_id}.")
    return company
