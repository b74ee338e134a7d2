from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from companies import errors
from companies.services import migrations, schema_updates
from companies.services.migrations import Behind
from companies.services.schema_updates import Outcome

#: Threads have a connection each, of the twelve that Django's pool has at most.
_MOST = 10


class Command(BaseCommand):
    """Brings the public schema and the schemas of all companies up to date; quick when they are."""

    help = "Migrate the public schema and every company that is behind."
    # Whether the models fit the tables is what this is about.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--parallel", type=int, default=4, metavar="N", help="so many companies at once (4)"
        )
        parser.add_argument(
            "--check", action="store_true", help="only say who is behind, and fail if anybody is"
        )
        parser.add_argument("--plan", action="store_true", help="only say what would be migrated")

    def handle(self, *args: Any, parallel: int, check: bool, plan: bool, **options: Any) -> None:
        if not 1 <= parallel <= _MOST:
            raise CommandError(f"--parallel must be between 1 and {_MOST}.")
        if check or plan:
            self._tell(check, plan)
            return
        try:
            with schema_updates.alone():
                self._migrate(parallel)
        except errors.AlreadyMigrating as error:
            raise CommandError(str(error)) from None

    def _tell(self, check: bool, plan: bool) -> None:
        public = migrations.public_behind()
        behind = ([public] if public else []) + migrations.companies_behind()
        for one in behind:
            lacks = _names(one) if plan else f"{len(one.missing)} migrations behind"
            self.stdout.write(f"{one.schema}: {lacks}")
        if check and behind:
            raise CommandError(f"{len(behind)} schemas are behind.")
        if not behind:
            self.stdout.write("All schemas are up to date.")

    def _migrate(self, parallel: int) -> None:
        if migrations.public_behind():
            self.stdout.write("Migrating the public schema …")
            schema_updates.migrate_public()
        behind = migrations.companies_behind()
        schema_updates.settle_interrupted(behind)
        if not behind:
            self.stdout.write("All schemas are up to date.")
            return
        self.stdout.write(f"Migrating {len(behind)} companies, {parallel} at once …")
        outcomes = [self._told(one) for one in schema_updates.migrate_all(behind, parallel)]
        self._report(outcomes)

    def _told(self, outcome: Outcome) -> Outcome:
        self.stdout.write(_line(outcome))
        self.stdout.flush()
        return outcome

    def _report(self, outcomes: list[Outcome]) -> None:
        failed = [one for one in outcomes if one.error]
        self.stdout.write(f"{len(outcomes) - len(failed)} companies migrated, {len(failed)} failed.")
        if failed:
            for one in sorted(failed):
                self.stdout.write(_line(one))
            raise CommandError(
                "Mend what failed and run this again: only those that are behind are migrated."
            )


def _names(behind: Behind) -> str:
    return ", ".join(f"{app} {name}" for app, name in behind.missing)


def _line(outcome: Outcome) -> str:
    verdict = "failed" if outcome.error else "done"
    return f"  {outcome.schema:<12} {verdict:<6} {outcome.seconds:6.1f} s  {outcome.error}".rstrip()
