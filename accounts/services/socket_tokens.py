"""Tokens an agent's page shows to open its socket, which gets no cookies. Read without the database; whether
the session behind one is over is asked for many at once."""

import datetime
import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.core import signing
from django.utils import timezone

from accounts import errors, seen
from accounts.models import Agent, SignIn
from accounts.sessions import CompanySession
from companies.models import Company

LASTS = datetime.timedelta(seconds=60)
_SALT = "accounts.socket"
#: In a session: what its sockets were named after before it had the key of today, the newest first.
FORMER = "former_names"
#: So many of them are known: nobody changes a password oftener while a browser hears of the new key.
_MOST_FORMER = 5
#: So long a browser may take to hear of a session's new key.
_HEARD_WITHIN = datetime.timedelta(seconds=10)


class SocketIdentity(NamedTuple):
    """Who opens a socket: the agent, and the session that it ends with."""

    company_id: int
    agent_pk: int
    session: str
    #: The role that the agent sees as, if any.
    seen_as: int | None = None
    #: The operator's visit, if it is no agent; the session is named after it.
    visit: int | None = None

    @property
    def only_looks(self) -> bool:
        return self.seen_as is not None or self.visit is not None


def issue(company: Company, agent: Agent, session_key: str) -> str:
    if agent.visit:
        identity = SocketIdentity(
            company.company_id, agent.pk, session_of(agent.visit.pk), visit=agent.visit.pk
        )
    else:
        seen_as = agent.seen_as.pk if agent.seen_as else None
        identity = SocketIdentity(company.company_id, agent.pk, session_hash(session_key), seen_as)
    return signing.dumps(identity, salt=_SALT)


def session_of(visit_pk: int) -> str:
    """Where a session would be named: a visit has none. No session's name has a colon."""
    return f"visit:{visit_pk}"


def read(token: str, company_id: int) -> SocketIdentity:
    """Whose token it is; it must be of this company."""
    try:
        identity = SocketIdentity(*signing.loads(token, salt=_SALT, max_age=LASTS))
    except signing.SignatureExpired:
        raise errors.TokenExpired from None
    except (signing.BadSignature, ValueError):
        raise errors.TokenInvalid from None
    if identity.company_id != company_id:
        raise errors.TokenInvalid
    return identity


def living(sessions: Mapping[str, Agent]) -> set[str]:
    """Those of these sessions, by hash, that are not over, each with the agent it was opened for.

    Over is what was signed out of or has lasted its time, and what belongs to somebody who was deactivated or
    has another password now. Two statements, however many are asked about; more only while some are over.
    """
    agents = Agent.objects.active().in_bulk({agent.pk for agent in sessions.values()})
    found = Session.objects.filter(expire_date__gt=timezone.now()).values_list("session_key", "session_data")
    hashed = ((session_hash(key), key, data) for key, data in found)
    wanted = (
        (name, key, agents.get(sessions[name].pk), data) for name, key, data in hashed if name in sessions
    )
    alive = {name: key for name, key, agent, data in wanted if agent and is_theirs(data, agent)}
    seen.note(alive.values())
    missing = {
        name: agents[agent.pk] for name, agent in sessions.items() if name not in alive and agent.pk in agents
    }
    return set(alive) | {name for name in renewed(missing) if _has_just_changed(missing[name])}


def renewed(sessions: Mapping[str, Agent]) -> set[str]:
    """Those of these sessions, by hash, that go on under another key: who has that may come again."""
    if not sessions:
        return set()
    agents = Agent.objects.active().in_bulk({agent.pk for agent in sessions.values()})
    keys = SignIn.objects.filter(agent__in=agents).values("session_key")
    found = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    former = {name: one.session_data for one in found for name in _former(one.session_data)}
    wanted = ((name, agents.get(agent.pk)) for name, agent in sessions.items() if name in former)
    return {name for name, agent in wanted if agent and is_theirs(former[name], agent)}


def names_of(session: SessionBase) -> list[str]:
    """What its sockets may be named after, the newest first."""
    return [session_hash(session.session_key or ""), *former_of(session)]


def former_of(session: SessionBase) -> list[str]:
    return list(session.get(FORMER, []))


def note_former(session: SessionBase) -> None:
    """It is about to go on under another key."""
    session[FORMER] = names_of(session)[:_MOST_FORMER]


def _former(session_data: str) -> list[str]:
    names: list[str] = CompanySession().decode(session_data).get(FORMER, [])
    return names


def _has_just_changed(agent: Agent) -> bool:
    changed = agent.password_changed_at
    return changed is not None and changed > timezone.now() - _HEARD_WITHIN


def is_theirs(session_data: str, agent: Agent) -> bool:
    """The session was opened by this agent with the password of today, as pages check it too."""
    held = CompanySession().decode(session_data)
    verified = [agent.get_session_auth_hash(), *agent.get_session_auth_fallback_hash()]
    return held.get(SESSION_KEY) == str(agent.pk) and held.get(HASH_SESSION_KEY) in verified


def session_hash(session_key: str) -> str:
    """A name for a session that is of no use to whoever sees it."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:32]
