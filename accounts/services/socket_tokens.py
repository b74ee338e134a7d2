"""Tokens an agent's page shows to open its socket, which gets no cookies. Checked without the database."""

import datetime
import hashlib
from typing import NamedTuple

from django.contrib.sessions.models import Session
from django.core import signing
from django.utils import timezone

from accounts import errors
from accounts.models import Agent
from companies.models import Company

LASTS = datetime.timedelta(seconds=60)
_SALT = "accounts.socket"


class SocketIdentity(NamedTuple):
    """Who opens a socket: the agent, and the session that it ends with."""

    company_id: int
    agent_pk: int
    session: str


def issue(company: Company, agent: Agent, session_key: str) -> str:
    return signing.dumps([company.company_id, agent.pk, session_hash(session_key)], salt=_SALT)


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


def living() -> set[str]:
    """The hashes of the sessions that are not over, of the company one is in."""
    keys = Session.objects.filter(expire_date__gt=timezone.now()).values_list("session_key", flat=True)
    return set(map(session_hash, keys))


def session_hash(session_key: str) -> str:
    """A name for a session that is of no use to whoever sees it."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:32]
