"""What each measurement begins with: Django on its own database, companies, and the words it is asked with."""

import io
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

import django

from bench import processor
from bench.many.apart import POSTGRES_PID


def answer(deeds: Mapping[str, Callable[..., Any]]) -> None:
    """Do what each line of the input asks for, with numbers as arguments, until it ends."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate_companies", stdout=io.StringIO())
    for line in sys.stdin:
        word, *numbers = line.split()
        print(json.dumps(deeds[word](*map(int, numbers))), flush=True)


def make_companies(count: int) -> int:
    """So many companies more with their schemas, without agents."""
    from companies.services import companies

    for number in range(count):
        companies.create(name=f"Company {number}", email="a@example.com", language="en", time_zone="UTC")
    return count


def used() -> float:
    """Seconds of processor time of this process and of PostgreSQL."""
    return time.process_time() + processor.seconds([int(os.environ[POSTGRES_PID])])


def execute(*statements: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
