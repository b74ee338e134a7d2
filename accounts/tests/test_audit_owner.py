"""With a role of its own as owner, the database lets the application add entries and nothing else."""

import secrets

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import errors, sql

from accounts.services import audit_owner


class Roles:
    """Two roles without power: the application's, to whom Acme belongs, and the one that may take from it."""

    def __init__(self, schema: str) -> None:
        self.schema, self.password, ending = schema, secrets.token_hex(), secrets.token_hex(4)
        self.app, self.owner = f"app_{ending}", f"owner_{ending}"

    def make(self) -> None:
        self.say("CREATE ROLE {app} LOGIN PASSWORD {password}")
        self.say("CREATE ROLE {owner} LOGIN PASSWORD {password} IN ROLE {app}")
        self.say("ALTER SCHEMA {schema} OWNER TO {app}")
        self.say("ALTER TABLE {schema}.accounts_auditentry OWNER TO {app}")
        self.say("ALTER FUNCTION {schema}.accounts_keep_audit() OWNER TO {app}")

    def drop(self) -> None:
        for role in ("{owner}", "{app}"):
            self.say(
                f"REASSIGN OWNED BY {role} TO CURRENT_USER", f"DROP OWNED BY {role}", f"DROP ROLE {role}"
            )

    def say(self, *statements: str) -> None:
        names: dict[str, sql.Composable] = {"password": sql.Literal(self.password)}
        names |= {name: sql.Identifier(getattr(self, name)) for name in ("app", "owner", "schema")}
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(sql.SQL(statement).format(**names))

    def url(self, role: str) -> str:
        facts = connection.get_connection_params()
        return psycopg.conninfo.make_conninfo(
            host=facts.get("host"),
            port=facts.get("port"),
            dbname=facts["dbname"],
            user=role,
            password=self.password,
        )

    def as_app(self, statement: str) -> None:
        with psycopg.connect(self.url(self.app)) as app:
            app.execute(sql.SQL(statement).format(table=sql.Identifier(self.schema, "accounts_auditentry")))


@pytest.fixture
def roles(committed, monkeypatch):
    made = Roles(committed.acme.schema_name)
    made.make()
    monkeypatch.setattr(settings, "OWNER_DATABASE_URL", made.url(made.owner))
    monkeypatch.setattr(audit_owner, "_application", lambda: made.app)
    yield made
    made.drop()


ADD = (
    "INSERT INTO {table} (at, by_kind, by_name, action, subject_kind, subject_pk, subject_name, changes, note) \
VALUES (now(), 'system', '', 'settings.changed', '', '', '', '{{}}', '')"
)
FORBIDDEN = [
    "UPDATE {table} SET note = ''",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "SET parley.audit_removal = 'on'; DELETE FROM {table}",
]


def test_the_application_adds_entries_and_nothing_else(roles):
    assert audit_owner.guard() == 1
    roles.as_app(ADD)
    for statement in FORBIDDEN:
        with pytest.raises(errors.InsufficientPrivilege):
            roles.as_app(statement)


def test_what_is_handed_over_is_counted_and_comes_back(roles):
    before = audit_owner.protection()
    audit_owner.guard()
    assert audit_owner.guard() == 0
    assert audit_owner.release() == 1
    roles.as_app("ALTER TABLE {table} DISABLE TRIGGER ALL; ALTER TABLE {table} ENABLE TRIGGER ALL")
    assert audit_owner.protection() == before


def test_without_a_second_role_the_triggers_stand_alone(db, monkeypatch):
    monkeypatch.setattr(settings, "OWNER_DATABASE_URL", "")
    with pytest.raises(audit_owner.NoOwner):
        audit_owner.guard()
    found = audit_owner.protection()
    assert (found.owned, found.is_complete) == (0, False)
    assert found.all >= 3
