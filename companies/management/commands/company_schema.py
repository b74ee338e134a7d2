from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from companies.services import schemas


class Command(BaseCommand):
    """Writes the template that new companies' schemas are made from, or checks that it is fresh."""

    help = "Write companies/company_schema.sql from the migrations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether it is fresh")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        fresh = schemas.written_from_migrations()
        if not check:
            schemas.TEMPLATE.write_text(fresh, encoding="utf8")
        elif schemas.TEMPLATE.read_text(encoding="utf8") != fresh:
            raise CommandError("companies/company_schema.sql is stale. Run `make schema` and commit it.")
