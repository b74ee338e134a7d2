"""Ways in which one company has been seen to read another's rows, each as a case that says what it saw.

The tests run them on our backend, and in a process of their own on the stock one:
`python -m core.tests.tenancy_cases <engine> <database as JSON>`.
"""

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine
from typing import ClassVar

if __name__ == "__main__":
    from django.conf import settings

    _engine, _database = sys.argv[1], json.loads(sys.argv[2])
    settings.configure(
        DATABASES={"default": {**_database, "ENGINE": _engine}},
        INSTALLED_APPS=["django.contrib.contenttypes", "core"],
        USE_TZ=True,
    )
    import django

    django.setup()

from asgiref.sync import sync_to_async
from django.db import ProgrammingError, connection, models
from django_tenants.utils import schema_context

SCHEMAS = ["t_one", "t_two", "t_three"]

#: Where somebody believed to be, and where the rows came from.
Seen = tuple[str, str]


class Item(models.Model):
    """A table of every schema of SCHEMAS, but not of `public`; its one row names the schema."""

    name = models.TextField(primary_key=True)

    objects: ClassVar[models.Manager["Item"]] = models.Manager()

    class Meta:
        app_label = "core"
        managed = False
        db_table = "tenancy_item"

    def __str__(self) -> str:
        return self.name


def make_schemas() -> None:
    with connection.cursor() as cursor:
        for schema in SCHEMAS:
            cursor.execute(f"CREATE SCHEMA {schema}")
            cursor.execute(f"CREATE TABLE {schema}.tenancy_item AS SELECT '{schema}' AS name")


def drop_schemas() -> None:
    with connection.cursor() as cursor:
        for schema in SCHEMAS:
            cursor.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")


def read() -> str:
    """The name of the schema whose table answers, or `nothing`."""
    try:
        return ", ".join(Item.objects.values_list("name", flat=True))
    except ProgrammingError:
        return "nothing"


def enter(schema: str) -> None:
    connection.set_schema(schema)  # type: ignore[attr-defined]


async def consumers_enter_at_connect_and_read_later() -> list[Seen]:
    """They share the one thread that `sync_to_async` runs everything on."""

    async def consumer(schema: str) -> Seen:
        await sync_to_async(enter)(schema)
        await asyncio.sleep(0.01)
        return schema, await sync_to_async(read)()

    return list(await asyncio.gather(*map(consumer, SCHEMAS)))


async def the_asynchronous_orm_reads_inside_schema_context() -> list[Seen]:
    await asyncio.create_task(sync_to_async(enter)("t_three"))

    async def reader(schema: str) -> Seen:
        with schema_context(schema):
            await asyncio.sleep(0.01)
            return schema, ", ".join([item.name async for item in Item.objects.all()])

    return list(await asyncio.gather(*map(reader, SCHEMAS)))


async def somebody_forgets_to_enter() -> list[Seen]:
    await asyncio.create_task(sync_to_async(enter)("t_one"))
    return [("nothing", await asyncio.create_task(sync_to_async(read)()))]


CASES: dict[str, Callable[[], Coroutine[None, None, list[Seen]]]] = {
    case.__name__: case
    for case in (
        consumers_enter_at_connect_and_read_later,
        the_asynchronous_orm_reads_inside_schema_context,
        somebody_forgets_to_enter,
    )
}

if __name__ == "__main__":
    print(json.dumps({name: asyncio.run(case()) for name, case in CASES.items()}))  # noqa: T201
