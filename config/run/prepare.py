"""Brings the database up to date, then sees to the demo company: python -m config.run.prepare FILE URL DEMO_URL.

In one process, because starting Django twice takes longer than both deeds.
"""

import os
import sys

import django
from django.core import management


def main(file: str, url: str, demo_url: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    django.setup()
    management.call_command("migrate_companies")
    management.call_command("demo", "--file", file, "--url", url, "--demo-url", demo_url)


if __name__ == "__main__":
    main(*sys.argv[1:])
