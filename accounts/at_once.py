"""The company, session and agent of a request, and from where agents may come, by one statement, where four would
ask for one after another.

Which agent a session is of never changes, so a process remembers it; everything else is read anew each time.
Whoever is not remembered yet, or is not found as remembered, goes the usual way.
"""

import functools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.contrib.sessions.models import Session
from django.db import connection, models
from django.utils import timezone
from psycopg import adapt, pq

from accounts.models import AccessSettings, AddressRule, Agent, Passkey, Role, Totp
from companies.models import Company
from companies.models.company import schema_name
from core.tenancy import context

_PATH = re.compile(r"^/c/(\d{8})/")
#: How many sessions are remembered; when there are more, all are learnt anew.
_MOST = 20_000
#: An agent's key, by company and session key.
_agents: dict[tuple[int, str], int] = {}

_STATEMENT = """
SELECT {company}, s.session_data, {agent}, {role}, ARRAY(SELECT network FROM {schema}.{rules} ORDER BY id),
    coalesce((SELECT requires_two_step FROM {schema}.{access}), false)
    AND NOT EXISTS (SELECT FROM {schema}.{totp} t WHERE t.agent_id = a.id AND t.confirmed_at IS NOT NULL)
    AND NOT EXISTS (SELECT FROM {schema}.{passkeys} p WHERE p.agent_id = a.id)
FROM public.{companies} c
LEFT JOIN {schema}.{sessions} s ON s.session_key = $1 AND s.expire_date > $2::timestamptz
LEFT JOIN {schema}.{agents} a ON a.id = $3::bigint AND a.is_active
LEFT JOIN {schema}.{roles} r ON r.id = a.role_id
WHERE c.company_id = $4::int
"""


class Found(NamedTuple):
    company: Company
    session_key: str
    session_data: str
    agent: Agent
    #: Of the rules for addresses.
    networks: list[str]
    #: Whether the company asks for a second step, and the agent has none.
    lacks_second_step: bool


_found: ContextVar[Found | None] = ContextVar("found", default=None)


@contextmanager
def known(path: str, session_key: str | None) -> Iterator[None]:
    """Inside, `company`, `session_data`, `agent`, `networks` and `lacks_second_step` answer without asking again."""
    token = _found.set(_find(path, session_key) if session_key else None)
    try:
        yield
    finally:
        _found.reset(token)


def remember(company: Company, session_key: str | None, agent: Agent) -> None:
    if session_key:
        if len(_agents) >= _MOST:
            _agents.clear()
        _agents[company.company_id, session_key] = agent.pk


def company(company_id: int) -> Company | None:
    found = _found.get()
    return found.company if found is not None and found.company.company_id == company_id else None


def session_data(session_key: str | None) -> str | None:
    found = _found_here()
    return found.session_data if found is not None and found.session_key == session_key else None


def agent(pk: Any) -> Agent | None:
    found = _found_here()
    return found.agent if found is not None and found.agent.pk == pk else None


def networks() -> list[str] | None:
    found = _found_here()
    return found.networks if found is not None else None


def lacks_second_step(pk: Any) -> bool | None:
    found = _found_here()
    return found.lacks_second_step if found is not None and found.agent.pk == pk else None


def _found_here() -> Found | None:
    """Ids repeat across companies: only in the one it was found in."""
    found = _found.get()
    return found if found is not None and found.company.schema_name == context.schema() else None


def _find(path: str, session_key: str) -> Found | None:
    match = _PATH.match(path)
    if match is None:
        return None
    company_id = int(match[1])
    agent_pk = _agents.get((company_id, session_key))
    row = None if agent_pk is None else _fetch(company_id, session_key, agent_pk)
    return None if row is None else _made(row, session_key)


def _fetch(company_id: int, session_key: str, agent_pk: int) -> tuple[Any, ...] | None:
    """By qualified names: PostgreSQL need not be told the company's search path for it.

    Said to libpq itself: nothing of this is worth the steps that make a cursor fit for every statement.
    """
    connection.ensure_connection()
    values = [session_key, timezone.now().isoformat(), str(agent_pk), str(company_id)]
    pg = connection.connection.pgconn
    result = pg.exec_params(_statement(schema_name(company_id)), [value.encode() for value in values])
    if pg.status != pq.ConnStatus.OK:
        # The database was away since the last request: the usual way connects anew.
        connection.close()
    if result.status != pq.ExecStatus.TUPLES_OK or result.ntuples != 1:
        # The company may be gone, or a migration under way: whoever asks the usual way is told properly.
        return None
    rows = adapt.Transformer(connection.connection)
    rows.set_pgresult(result)
    return rows.load_row(0, tuple)


@functools.lru_cache(maxsize=1000)
def _statement(schema: str) -> bytes:
    statement = _STATEMENT.format(
        company=_columns("c", Company), agent=_columns("a", Agent), role=_columns("r", Role),
        companies=Company._meta.db_table, sessions=Session._meta.db_table,
        agents=Agent._meta.db_table, roles=Role._meta.db_table, rules=AddressRule._meta.db_table,
        access=AccessSettings._meta.db_table, totp=Totp._meta.db_table, passkeys=Passkey._meta.db_table,
        schema=f'"{schema}"',
    )  # fmt: skip
    return statement.encode()


def _made(row: tuple[Any, ...], session_key: str) -> Found | None:
    """None where the session is over or the agent is not there: both are looked for again the usual way."""
    first, second = len(_names(Company)), len(_names(Company)) + 1 + len(_names(Agent))
    session, of_agent, of_role, (networks, lacks) = (
        row[first],
        row[first + 1 : second],
        row[second:-2],
        row[-2:],
    )
    if session is None or of_agent[0] is None:
        return None
    agent = Agent.from_db("default", _names(Agent), of_agent)
    agent.role = Role.from_db("default", _names(Role), of_role)
    company = Company.from_db("default", _names(Company), row[:first])
    return Found(company, session_key, session, agent, networks, lacks)


def _columns(alias: str, model: type[models.Model]) -> str:
    return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)


@functools.cache
def _names(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]
