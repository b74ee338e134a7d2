"""Seeing as a role: an administrator looks at everything as whoever has the role would, and changes nothing.

It is kept in the session. The agent of a request or a socket then answers `can` and `capabilities` as the role
says, so that whatever asks for permission holds for it as well.
"""

from django.contrib.sessions.backends.base import SessionBase

from accounts import errors
from accounts.models import Agent, Role
from core.errors import DomainError

_KEY = "see_as"


def start(session: SessionBase, role: Role) -> None:
    session[_KEY] = role.pk


def stop(session: SessionBase) -> None:
    session.pop(_KEY, None)


def role_in(session: SessionBase) -> int | None:
    """The key of the role, where this session sees as one."""
    return session.get(_KEY)


def put_on(agent: Agent, role_pk: int | None) -> Agent:
    """The agent with the role's eyes, unless it is gone or the agent is no administrator any more."""
    if role_pk and agent.is_administrator:
        agent.seen_as = Role.objects.exclude(kind=Role.Kind.ADMINISTRATOR).filter(pk=role_pk).first()
    return agent


def refusal(agent: Agent) -> DomainError | None:
    """Why this agent changes nothing, here and now; None for everybody else."""
    if agent.visit:
        return errors.OnlyVisiting()
    return errors.OnlySeeing(role=agent.seen_as) if agent.seen_as else None
