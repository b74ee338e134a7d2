"""`python -m bench.naive.prepare`: makes the tables, and agents whose status can be set."""

import os

import django

AGENTS = 2


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.naive.settings")
    django.setup()
    from django.core.management import call_command

    from bench.naive.models import Agent

    # It has no migrations: its tables live for one run.
    call_command("migrate", run_syncdb=True, verbosity=0)
    Agent.objects.bulk_create([Agent() for _ in range(AGENTS)])


if __name__ == "__main__":
    main()
