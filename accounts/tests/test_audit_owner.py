"""With a role of its own as owner, the database lets the application add entries and nothing else."""

import secrets
from io import StringIO

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import errors, sql

from accounts.models import AuditEntry
from accounts.services import audit_owner, sign_up
from accounts.testing import PASSWORD
from companies.models import Company
from companies.services import schemas


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
        self.say(
            "GRANT USAGE, CREATE ON SCHEMA public TO {app}",
            "GRANT ALL ON ALL TABLES IN SCHEMA public TO {app}",
        )
        self.say("GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO {app}")
        self.say("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {app}")
        self.say("GRANT CREATE ON DATABASE {database} TO {app}")

    def drop(self) -> None:
        for role in ("{owner}", "{app}"):
            self.say(
                f"REASSIGN OWNED BY {role} TO CURRENT_USER", f"DROP OWNED BY {role}", f"DROP ROLE {role}"
            )

    def say(self, *statements: str) -> None:
        names: dict[str, sql.Composable] = {"password": sql.Literal(self.password)}
        names["database"] = sql.Identifier(connection.settings_dict["NAME"])
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

    def as_app(self, statement: str, schema: str = "") -> None:
        with psycopg.connect(self.url(self.app)) as app:
            table = sql.Identifier(schema or self.schema, "accounts_auditentry")
            app.execute(sql.SQL(statement).format(table=table, schema=sql.Identifier(schema or self.schema)))


@pytest.fixture
def roles(committed, monkeypatch):
    made = Roles(committed.acme.schema_name)
    made.make()
    monkeypatch.setattr(settings, "OWNER_DATABASE_URL", made.url(made.owner))
    monkeypatch.setattr(audit_owner, "_application", lambda: made.app)
    yield made
    made.say("DROP FUNCTION IF EXISTS public.accounts_hand_over_audit(text)")
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


@pytest.fixture
def opened(roles):
    """`opened()`: a company opened by the application's role; gone after the test."""
    made = []

    def opened():
        with audit_owner.speaking_as(roles.url(roles.app)):
            company, _agent = sign_up.open_company(
                company_name="Initech", name="Peter", agent_id="peter", email="peter@initech.example",
                password=PASSWORD, language="en", time_zone="UTC", origin="http://testserver",
            )  # fmt: skip
        made.append(company)
        return company

    yield opened
    for company in made:
        schemas.drop(company.schema_name)
        Company.objects.filter(pk=company.pk).delete()


def test_a_new_company_is_guarded_from_its_first_moment(roles, opened):
    audit_owner.guard()
    company = opened()
    roles.as_app(ADD, company.schema_name)
    for statement in FORBIDDEN:
        with pytest.raises(errors.InsufficientPrivilege):
            roles.as_app(statement, company.schema_name)
    assert audit_owner.guard() == 0


def test_before_and_after_new_ones_are_the_applications(roles, opened):
    roles.as_app("ALTER TABLE {table} ENABLE TRIGGER ALL", opened().schema_name)
    audit_owner.guard()
    audit_owner.release()
    roles.as_app("ALTER TABLE {table} ENABLE TRIGGER ALL", opened().schema_name)


TRAP = """
CREATE FUNCTION {schema}.trap() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER trap BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {schema}.trap();
CREATE OR REPLACE FUNCTION {schema}.accounts_keep_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    AS 'BEGIN RETURN OLD; END'
"""


def test_what_the_application_left_there_before_is_not_taken_over(roles):
    """Else it would act with the owner's rights from then on."""
    roles.as_app(TRAP)
    audit_owner.guard()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, p.prosecdef, p.prosrc LIKE %s FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE t.tgrelid = %s::regclass AND NOT t.tgisinternal",
            ["%append-only%", f"{roles.schema}.accounts_auditentry"],
        )
        assert cursor.fetchall() == [("accounts_keep_audit", False, True)] * 2


GUARD = """
SELECT tgname, pg_get_triggerdef(oid), pg_get_functiondef(tgfoid), tgenabled FROM pg_trigger
WHERE tgrelid = %s::regclass AND NOT tgisinternal ORDER BY tgname
"""


def test_the_guard_is_the_same_as_the_migrations(roles):
    """It stands in two places, of which one cannot call the other."""

    def guard():
        with connection.cursor() as cursor:
            cursor.execute(GUARD, [f"{roles.schema}.accounts_auditentry"])
            return cursor.fetchall()

    by_migration = guard()
    assert len(by_migration) == 2
    assert audit_owner.guard() == 1
    assert [[_squeezed(one) for one in row] for row in guard()] == [
        [_squeezed(one) for one in row] for row in by_migration
    ]


def _squeezed(definition):
    """However far its lines are indented."""
    return " ".join(definition.split())


@pytest.mark.parametrize("place", ["pg_catalog", "c_1; DROP TABLE x", ""])
def test_nothing_else_can_be_handed_over(roles, place):
    audit_owner.guard()
    with psycopg.connect(roles.url(roles.app)) as app, pytest.raises(psycopg.DatabaseError):
        app.execute("SELECT public.accounts_hand_over_audit(%s)", [place])


def test_the_owner_shortens_it_and_takes_people_out(roles, committed):
    """With an entry of its own in the same transaction, as ever."""
    roles.as_app(ADD)
    audit_owner.guard()
    company_id, said = str(committed.acme.company_id), StringIO()
    with audit_owner.speaking_as(roles.url(roles.app)):
        call_command("audit_log", "shorten", company_id, "2000-01-01", stdout=said)
        call_command("audit_log", "forget", company_id, "bob", stdout=said)
    assert said.getvalue().startswith("0 entries removed.")
    with committed.acme.entered():
        newest = list(AuditEntry.objects.order_by("-pk").values_list("action", flat=True)[:2])
    assert newest == ["audit_log.person_erased", "audit_log.shortened"]


def test_whoever_has_not_the_owners_password_is_told(roles, committed, settings):
    audit_owner.guard()
    settings.OWNER_DATABASE_URL = ""
    with audit_owner.speaking_as(roles.url(roles.app)), pytest.raises(CommandError, match="second role"):
        call_command("audit_log", "shorten", str(committed.acme.company_id), "2000-01-01")
