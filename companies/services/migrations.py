"""Who is behind, asked with one statement over all schemas instead of one migrate run for each."""

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from core.tenancy import context

Name = tuple[str, str]


def public_is_behind() -> bool:
    """Whether the public schema lacks a migration; true for an empty database."""
    if "django_migrations" not in connection.introspection.table_names():
        return True
    return bool(_wanted(settings.SHARED_APPS) - _applied([context.PUBLIC])[context.PUBLIC])


def companies_behind() -> list[str]:
    """Schemas that lack a migration, by name."""
    from companies.models import Company

    schemas = list(Company.objects.order_by("schema_name").values_list("schema_name", flat=True))
    if not schemas:
        return []
    wanted = _wanted(settings.TENANT_APPS)
    return [schema for schema, applied in _applied(schemas).items() if wanted - applied]


def _wanted(app_names: list[str]) -> set[Name]:
    labels = {config.label for config in apps.get_app_configs() if config.name in app_names}
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {key for key in loader.disk_migrations if key[0] in labels}


def _applied(schemas: list[str]) -> dict[str, set[Name]]:
    one = sql.SQL("SELECT {name}, app, name FROM {table}")
    union = sql.SQL(" UNION ALL ").join(
        one.format(name=sql.Literal(schema), table=sql.Identifier(schema, "django_migrations"))
        for schema in schemas
    )
    found: dict[str, set[Name]] = {schema: set() for schema in schemas}
    with connection.cursor() as cursor:
        cursor.execute(union)
        for schema, app, name in cursor.fetchall():
            found[schema].add((app, name))
    return found
