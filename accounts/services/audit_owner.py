"""Audit logs in the hands of a role of their own: then the application's role can add entries, and nothing else.

With one role the triggers alone refuse. They hold against mistakes, and against whoever can only send what the
application sends; the owner of a table could drop them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg import conninfo, sql

from core.errors import DomainError
from core.tenancy import context

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
    """Hand every audit log that is the application's to the owner; returns how many. From then on the application
    hands over those of new companies by itself, and can take none back."""
    with _owner() as owner:
        application = sql.Identifier(_application())
        owner.execute(_HAND_OVER)
        owner.execute(sql.SQL("REVOKE ALL ON FUNCTION public.accounts_hand_over_audit(text) FROM PUBLIC"))
        owner.execute(
            sql.SQL("GRANT EXECUTE ON FUNCTION public.accounts_hand_over_audit(text) TO {}").format(
                application
            )
        )
        schemas = _schemas(owner, of=_application())
        for schema in schemas:
            owner.execute("SELECT public.accounts_hand_over_audit(%s)", [schema])
        return len(schemas)


def guard_new() -> None:
    """The audit log of the company one is in, which has just been made, if all belong to the owner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regprocedure('public.accounts_hand_over_audit(text)') IS NOT NULL")
        if cursor.fetchone()[0]:
            cursor.execute("SELECT public.accounts_hand_over_audit(%s)", [context.schema()])


def release() -> int:
    """Hand them back, so that a migration may alter them; returns how many."""
    with _owner() as owner:
        owner.execute("DROP FUNCTION IF EXISTS public.accounts_hand_over_audit(text)")
        schemas = _schemas(owner, of=owner.info.user)
        for schema in schemas:
            _hand_back(owner, schema, to=_application())
        return len(schemas)


@contextmanager
def removing() -> Iterator[None]:
    """Inside, one speaks to the database as the owner where the audit log of the company one is in is theirs."""
    if not _is_owned():
        yield
        return
    if not settings.OWNER_DATABASE_URL:
        raise NoOwner
    with speaking_as(settings.OWNER_DATABASE_URL):
        yield


@contextmanager
def speaking_as(url: str) -> Iterator[None]:
    """Inside, this thread has a connection of another role."""
    before = connections["default"]
    connections["default"] = type(before)(_settings(before.settings_dict, url), "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = before


def _settings(before: dict[str, Any], url: str) -> dict[str, Any]:
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    parts = conninfo.conninfo_to_dict(url)
    own = {name: str(parts.get(libpq) or "") for name, libpq in names.items()}
    # Others' connections are the application's.
    return {**before, **own, "OPTIONS": {**before["OPTIONS"], "pool": False}}


def _is_owned() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = %s::regclass",
            [f'"{context.schema()}".{_TABLE}'],
        )
        return bool(cursor.fetchone()[0])


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


def _hand_back(owner: psycopg.Connection, schema: str, *, to: str) -> None:
    for kind, name in (("TABLE", f"{_TABLE}"), ("FUNCTION", "accounts_keep_audit")):
        owner.execute(
            sql.SQL("ALTER {} {} OWNER TO {}").format(
                sql.SQL(kind), sql.Identifier(schema, name), sql.Identifier(to)
            )
        )


#: Lives in the database and is the owner's, so that the application can hand over what it makes without knowing how
#: the owner signs in. Function and triggers are made anew: what the application owned until now may be anything.
_HAND_OVER = """
CREATE OR REPLACE FUNCTION public.accounts_hand_over_audit(place text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $hand_over$
DECLARE
    before name;
    one name;
BEGIN
    IF place !~ '^(public|c_[0-9a-z_]+)$' THEN
        RAISE EXCEPTION '% is no place of an audit log.', place;
    END IF;
    SELECT pg_get_userbyid(c.relowner) INTO STRICT before
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = place AND c.relname = 'accounts_auditentry' AND c.relkind = 'r';
    IF before = current_user THEN
        RETURN;
    END IF;
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO %I', place, current_user);
    EXECUTE format('ALTER TABLE %I.accounts_auditentry OWNER TO %I', place, current_user);
    FOR one IN SELECT tgname FROM pg_trigger
        WHERE tgrelid = format('%I.accounts_auditentry', place)::regclass AND NOT tgisinternal
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %I.accounts_auditentry', one, place);
    END LOOP;
    EXECUTE format('DROP FUNCTION %I.accounts_keep_audit()', place);
    EXECUTE format($make$
        CREATE FUNCTION %1$I.accounts_keep_audit() RETURNS trigger LANGUAGE plpgsql AS $keep$
        BEGIN
            IF current_setting('parley.audit_removal', true) = 'on' THEN
                IF TG_OP = 'UPDATE' THEN RETURN NEW; ELSIF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            END IF;
            RAISE EXCEPTION 'The audit log is append-only.' USING ERRCODE = 'insufficient_privilege';
        END $keep$;
        CREATE TRIGGER accounts_keep_audit_rows BEFORE UPDATE OR DELETE ON %1$I.accounts_auditentry
            FOR EACH ROW EXECUTE FUNCTION %1$I.accounts_keep_audit();
        CREATE TRIGGER accounts_keep_audit_table BEFORE TRUNCATE ON %1$I.accounts_auditentry
            FOR EACH STATEMENT EXECUTE FUNCTION %1$I.accounts_keep_audit();
        $make$, place);
    EXECUTE format('REVOKE ALL ON %I.accounts_auditentry FROM %I', place, before);
    EXECUTE format('GRANT SELECT, INSERT ON %I.accounts_auditentry TO %I', place, before);
    EXECUTE format('GRANT USAGE ON SEQUENCE %I.accounts_auditentry_id_seq TO %I', place, before);
END $hand_over$
"""
