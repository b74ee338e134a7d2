"""Who is behind, asked with one statement over all schemas instead of one migrate run for each."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from core.tenancy import context

Name = tuple[str, str]
#: Schemas in one statement: each takes a lock of PostgreSQL's table of locks while it runs.
AT_ONCE = 500


class Behind(NamedTuple):
    """A schema that lacks migrations."""

    schema: str
    missing: tuple[Name, ...]
    #: The newest that it has of each app that lacks some.
    newest: tuple[Name, ...]

    @property
    def begins_from(self) -> str:
        return _words(self.newest)

    @property
    def leads_to(self) -> str:
        return _words(dict(self.missing).items())


def public_behind() -> Behind | None:
    """What the public schema lacks; all of it in an empty database."""
    found = list(_behind([context.PUBLIC], settings.SHARED_APPS))
    return found[0] if found else None


def companies_behind() -> list[Behind]:
    """Companies whose schemas lack a migration, by name."""
    from companies.models import Company

    if not _with_table("companies_company", [context.PUBLIC]):
        return []
    schemas = list(Company.objects.order_by("schema_name").values_list("schema_name", flat=True))
    return list(_behind(schemas, settings.TENANT_APPS))


def company_behind(schema: str) -> Behind | None:
    """What this one company's schema lacks."""
    return next(_behind([schema], settings.TENANT_APPS), None)


def _behind(schemas: list[str], app_names: list[str]) -> Iterator[Behind]:
    wanted = _wanted(app_names)
    for start in range(0, len(schemas), AT_ONCE):
        for schema, applied in _applied(schemas[start : start + AT_ONCE]).items():
            if missing := sorted(wanted - applied):
                lacking = {app for app, _ in missing}
                newest = dict(sorted(name for name in applied & wanted if name[0] in lacking))
                yield Behind(schema, tuple(missing), tuple(newest.items()))


def _wanted(app_names: list[str]) -> set[Name]:
    labels = {config.label for config in apps.get_app_configs() if config.name in app_names}
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {key for key in loader.disk_migrations if key[0] in labels}


def _applied(schemas: list[str]) -> dict[str, set[Name]]:
    """What each schema has; one that has lost its table of migrations has nothing, and keeps no other from it."""
    found: dict[str, set[Name]] = {schema: set() for schema in schemas}
    known = _with_table("django_migrations", schemas)
    if not known:
        return found
    one = sql.SQL("SELECT {name}, app, name FROM {table}")
    union = sql.SQL(" UNION ALL ").join(
        one.format(name=sql.Literal(schema), table=sql.Identifier(schema, "django_migrations"))
        for schema in known
    )
    with connection.cursor() as cursor:
        cursor.execute(union)
        for schema, app, name in cursor.fetchall():
            found[schema].add((app, name))
    return found


def _with_table(table: str, schemas: list[str]) -> list[str]:
    """Those of the schemas that have the table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nspname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE relname = %s AND nspname = ANY (%s)",
            [table, schemas],
        )
        return [row[0] for row in cursor.fetchall()]


def _words(names: Iterable[Name]) -> str:
    return ", ".join(f"{app} {name}" for app, name in names)
