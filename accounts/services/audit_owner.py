"""Audit logs in the hands of a role of their own: then the application's role can add entries, and nothing else.

With one role the triggers alone refuse. They hold against mistakes, and against whoever can only send what the
application sends; the owner of a table could drop them.
"""

from typing import NamedTuple

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from core.errors import DomainError

_TABLE = "accounts_auditentry"


class NoOwner(DomainError):
    """There is no second role: set PARLEY_OWNER_DATABASE_URL to the address with which the owner of the audit logs
    signs in to this database. It must be allowed to take tables from the application's role."""


class Protection(NamedTuple):
    """In how many schemas the audit log belongs to somebody else than the application, and in how many there is one."""

    owned: int
    all: int

    @property
    def is_complete(self) -> bool:
        return self.owned == self.all > 0


def protection() -> Protection:
    """One statement, however many companies there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE NOT pg_has_role(current_user, relowner, 'USAGE')), count(*) "
            "FROM pg_class WHERE relname = %s AND relkind = 'r'",
            [_TABLE],
        )
        return Protection(*cursor.fetchone())


def guard() -> int:
    """Hand every audit log that is the application's to the owner; returns how many."""
    with _owner() as owner:
        schemas = _schemas(owner, of=_application())
        for schema in schemas:
            _hand(owner, schema, to=owner.info.user)
            _let_add(owner, schema, _application())
        return len(schemas)


def release() -> int:
    """Hand them back, so that a migration may alter them; returns how many."""
    with _owner() as owner:
        schemas = _schemas(owner, of=owner.info.user)
        for schema in schemas:
            _hand(owner, schema, to=_application())
        return len(schemas)


def _owner() -> psycopg.Connection:
    if not settings.OWNER_DATABASE_URL:
        raise NoOwner
    # One transaction for all: half guarded would be told as guarded by nobody.
    return psycopg.connect(settings.OWNER_DATABASE_URL, options="-c search_path=pg_catalog")


def _application() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def _schemas(owner: psycopg.Connection, *, of: str) -> list[str]:
    found = owner.execute(
        "SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relname = %s AND c.relkind = 'r' AND pg_get_userbyid(c.relowner) = %s ORDER BY 1",
        [_TABLE, of],
    )
    return [name for (name,) in found]


def _hand(owner: psycopg.Connection, schema: str, *, to: str) -> None:
    # The owner must be able to use the schema it holds a table in.
    owner.execute(
        sql.SQL("GRANT USAGE, CREATE ON SCHEMA {} TO {}").format(sql.Identifier(schema), sql.Identifier(to))
    )
    owner.execute(
        sql.SQL("ALTER TABLE {} OWNER TO {}").format(sql.Identifier(schema, _TABLE), sql.Identifier(to))
    )
    owner.execute(
        sql.SQL("ALTER FUNCTION {}() OWNER TO {}").format(
            sql.Identifier(schema, "accounts_keep_audit"), sql.Identifier(to)
        )
    )


def _let_add(owner: psycopg.Connection, schema: str, role: str) -> None:
    table = sql.Identifier(schema, _TABLE)
    owner.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(table, sql.Identifier(role)))
    owner.execute(sql.SQL("GRANT SELECT, INSERT ON {} TO {}").format(table, sql.Identifier(role)))
    sequence = sql.Identifier(schema, f"{_TABLE}_id_seq")
    owner.execute(sql.SQL("GRANT USAGE ON SEQUENCE {} TO {}").format(sequence, sql.Identifier(role)))
