from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from companies.services import migrations


class Command(BaseCommand):
    """Brings the public schema and the schemas of all companies up to date; quick when they are."""

    help = "Migrate the public schema and every company that is behind."

    def handle(self, *args: Any, **options: Any) -> None:
        if migrations.public_is_behind():
            self.stdout.write("Migrating the public schema …")
            call_command("migrate_schemas", shared=True, verbosity=0)
        behind = migrations.companies_behind()
        for schema_name in behind:
            self.stdout.write(f"Migrating {schema_name} …")
            call_command("migrate_schemas", schema_name=schema_name, verbosity=0)
        self.stdout.write(f"{len(behind)} companies migrated." if behind else "All schemas are up to date.")
