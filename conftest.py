"""The cast: Acme with administrator Alice and agents Bob and Carol; Globex with Mallory, who must never see
anything of Acme. Both companies are made once; what a test writes is undone after it."""

import contextlib
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import pytest_django
from django.db import connection, transaction
from django.db.models import Model
from django.test import utils

from accounts import at_once, seen
from accounts.models import Agent, Role
from accounts.services import agents, sign_up
from accounts.testing import PASSWORD
from chat import shells
from companies import known_plans
from companies.models import Company, Plan


class Cast(NamedTuple):
    acme: Company
    globex: Company


_cast: Cast | None = None
#: What the cast and its roles are like before any test, row by row.
_as_made: dict[tuple[str, type[Model]], dict[int, dict[str, Any]]] = {}


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
) -> Iterator[None]:
    # pytest-django's own makes a database only for tests it can see to need one; `committed` is not of those.
    global _cast
    with django_db_blocker.unblock():
        made = utils.setup_databases(verbosity=0, interactive=False, aliases={"default": None})
        acme, _ = _open("Acme", "Alice", "alice")
        with acme.entered():
            for name in ("Bob", "Carol"):
                _add(name)
        globex, _ = _open("Globex", "Mallory", "mallory")
        _cast = Cast(acme, globex)
        _as_made.update(
            {(company.schema_name, kind): _rows(company, kind) for company, kind in _lasting(_cast)}
        )
    yield
    with django_db_blocker.unblock():
        connection.close_pool()  # type: ignore[attr-defined]
        utils.teardown_databases(made, verbosity=0)


def _open(company_name: str, name: str, agent_id: str) -> tuple[Company, Agent]:
    company, agent = sign_up.open_company(
        company_name=company_name,
        name=name,
        agent_id=agent_id,
        email=f"{agent_id}@{company_name.lower()}.example",
        password=PASSWORD,
        language="en",
        time_zone="UTC",
        origin="http://testserver",
    )
    # Clocks are moved in tests: no trial of theirs is to end.
    company.plan, company.trial_ends_at = Plan.objects.get(code="professional"), None
    company.save()
    company.alarms.all().delete()
    return company, agent


def _add(name: str) -> Agent:
    agent_id = name.lower()
    return agents.add(
        agent_id=agent_id,
        name=name,
        email=f"{agent_id}@acme.example",
        password=PASSWORD,
        role_kind=Role.Kind.AGENT,
    )


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Each test is a new process: what others have left in memory is neither found nor gets old meanwhile."""
    for kept in (at_once._agents, seen._noted, known_plans._known, shells._kept):
        kept.clear()


@pytest.fixture
def cast(db: None) -> Cast:
    assert _cast is not None
    return _cast


@pytest.fixture
def acme(cast: Cast) -> Company:
    return Company.objects.get(pk=cast.acme.pk)


@pytest.fixture
def globex(cast: Cast) -> Company:
    return Company.objects.get(pk=cast.globex.pk)


@pytest.fixture
def in_acme(acme: Company) -> Iterator[Company]:
    """The test runs inside Acme."""
    with acme.entered():
        yield acme


def _agent(company: Company, agent_id: str) -> Agent:
    with company.entered():
        return Agent.objects.select_related("role").get(agent_id=agent_id)


@pytest.fixture
def alice(acme: Company) -> Agent:
    return _agent(acme, "alice")


@pytest.fixture
def bob(acme: Company) -> Agent:
    return _agent(acme, "bob")


@pytest.fixture
def carol(acme: Company) -> Agent:
    return _agent(acme, "carol")


@pytest.fixture
def mallory(globex: Company) -> Agent:
    return _agent(globex, "mallory")


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[Cast]:
    """For tests with several connections: writes are committed, and swept away after the test."""
    assert _cast is not None
    with django_db_blocker.unblock():
        # With `db` beside it the sweeping would be undone.
        assert not connection.in_atomic_block
        yield _cast
        _sweep(_cast)


#: In a company.
_SWEPT = (
    "chat_conversation, chat_entry, chat_lease, chat_presence, chat_offlinemessage, chat_statusperiod, "
    "chat_chatsettings, accounts_notice, accounts_addressrule, accounts_group, accounts_accesssettings, "
    "accounts_totp, accounts_passkey, accounts_recoverycode, accounts_signin, widgets_visitor, django_session"
)


def _sweep(cast: Cast) -> None:
    for company in cast:
        with company.entered(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {_SWEPT} RESTART IDENTITY CASCADE")
            # Append-only for everybody but the tests' broom.
            cursor.execute("ALTER TABLE accounts_auditentry DISABLE TRIGGER USER")
            cursor.execute("DELETE FROM accounts_auditentry")
            cursor.execute("ALTER TABLE accounts_auditentry ENABLE TRIGGER USER")
    for company, kind in _lasting(cast):
        _put_back(company, kind)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE companies_alarm, companies_delivery, core_tally RESTART IDENTITY CASCADE")
    connection.close()


def _lasting(cast: Cast) -> Iterator[tuple[Company, type[Model]]]:
    """What stays from test to test; agents first, since they have roles."""
    return itertools.product(cast, (Agent, Role, Company))


def _rows(company: Company, kind: type[Model]) -> dict[int, dict[str, Any]]:
    """By key. The public schema has companies for all, and here only this one counts."""
    with company.entered():
        found = kind._default_manager.values()
        return {row["id"]: row for row in (found.filter(pk=company.pk) if kind is Company else found)}


def _put_back(company: Company, kind: type[Model]) -> None:
    before, now = _as_made[company.schema_name, kind], _rows(company, kind)
    with company.entered():
        for key in now.keys() - before.keys():
            kind._default_manager.filter(pk=key).delete()
        for key, row in before.items():
            if now.get(key) != row:
                kind._default_manager.filter(pk=key).update(**row)


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> Path:
    """Where what is uploaded is kept, for this test alone."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bytes]]:
    """What was told to which channel, after the commit, instead of Valkey hearing it."""
    from core.realtime import publish

    heard: list[tuple[str, bytes]] = []

    def send(payload: bytes, channels: list[str]) -> None:
        heard.extend((channel, payload) for channel in channels)

    monkeypatch.setattr(publish, "_send", send)
    return heard


@pytest.fixture
def commit(django_capture_on_commit_callbacks: object) -> object:
    """`with commit():` runs what waits for the commit although the test's own transaction never commits."""

    @contextlib.contextmanager
    def committing() -> Iterator[None]:
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():  # type: ignore[operator]
            yield

    return committing
