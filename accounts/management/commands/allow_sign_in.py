from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.services import address_rules
from companies.models import Company


class Command(BaseCommand):
    help = "For a company that has locked itself out: remove its sign-in addresses."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("company_id", type=int, metavar="COMPANY-ID")

    def handle(self, *args: Any, **options: Any) -> None:
        company = Company.objects.filter(company_id=options["company_id"]).first()
        if company is None:
            raise CommandError(f"There is no company {options['company_id']}.")
        with company.entered():
            removed = address_rules.remove_all()
        self.stdout.write(f"{company}: {removed} removed; its audit log tells of it.")
