"""How long it takes to find that nothing has to be migrated: ours, and what django-tenants brings along."""

import io
import time

from django.core.management import call_command

from bench.many import inside


def ours() -> float:
    said = io.StringIO()
    began = time.perf_counter()
    call_command("migrate_companies", stdout=said)
    seconds = time.perf_counter() - began
    if said.getvalue() != "All schemas are up to date.\n":
        raise RuntimeError(said.getvalue())
    return seconds


def reference() -> float:
    began = time.perf_counter()
    call_command("migrate_schemas", verbosity=0)
    return time.perf_counter() - began


if __name__ == "__main__":
    inside.answer({"make": inside.make_companies, "ours": ours, "reference": reference})
