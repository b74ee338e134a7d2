import getpass
import os
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.services import operators
from core.errors import DomainError


class Command(BaseCommand):
    """Makes the first operator, who adds the others in the console. The password is never an argument: those are
    seen by everybody on the machine."""

    help = "Make an operator, who then signs in at /operator/ and sets up a second step."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("operator_id")
        parser.add_argument("--name", default="")
        parser.add_argument("--email", default="")

    def handle(self, *args: Any, operator_id: str, name: str, email: str, **options: Any) -> None:
        password = os.environ.get("PARLEY_OPERATOR_PASSWORD") or _asked()
        try:
            operators.add(agent_id=operator_id, name=name or operator_id, email=email, password=password)
        except (DomainError, ValidationError) as trouble:
            said = trouble.messages if isinstance(trouble, ValidationError) else [trouble.message]
            raise CommandError("\n".join(said)) from None
        self.stdout.write(
            f"Operator {operator_id} can sign in at /operator/, and sets up a second step there."
        )


def _asked() -> str:
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Once more: "):
        raise CommandError("These are two different passwords.")
    return password
