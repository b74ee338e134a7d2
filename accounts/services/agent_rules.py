"""Who may change whom. Nobody gives what they do not have, nobody changes their own permissions, and there is
always an administrator who can sign in."""

from collections.abc import Collection

from django.db import connection

from accounts import errors
from accounts.capabilities import Capability
from accounts.models import Agent, Role
from core.errors import Forbidden, NotFound
from core.tenancy import context


def in_turn(by: Agent) -> Agent:
    """Whoever acts, as they are now: decisions about people are taken one after another until the transaction ends."""
    wait_for_others()
    now = Agent.objects.active().select_related("role").filter(pk=by.pk).first()
    if now is None or not now.can(Capability.MANAGE_AGENTS):
        raise Forbidden
    return now


def wait_for_others() -> None:
    """Two administrators who demote each other must not both find the other one still there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{context.schema()}:people"])


def may_change(by: Agent, agent: Agent) -> bool:
    """Only those who may do no more than oneself: else a new password for them would be theirs to use."""
    if agent.is_administrator:
        return by.is_administrator
    return agent.capabilities <= by.capabilities


def check_may_change(by: Agent, agent: Agent) -> None:
    if not may_change(by, agent):
        raise errors.MayDoMore(name=agent.name)


def changeable(agent: Agent, by: Agent) -> Agent:
    """The agent's row of now, if `by`, whose turn it is, may change it: meanwhile they may have been given more."""
    now: Agent | None = Agent.objects.existing().select_related("role").filter(pk=agent.pk).first()
    if now is None:
        raise NotFound
    check_may_change(by, now)
    return now


def role_of_now(role: Role) -> Role:
    """As it is in one's turn: whoever gives it must have seen what it allows."""
    now = Role.objects.filter(pk=role.pk).first()
    if now is None:
        raise errors.RoleGone
    return now


def check_not_oneself(by: Agent, agent: Agent) -> None:
    if by.pk == agent.pk:
        raise errors.NotOneself


def check_gives(by: Agent, agent: Agent, before: Collection[str] = ()) -> None:
    """What the agent may do from now on and could not before, whoever gives it may do as well."""
    if agent.is_administrator and not by.is_administrator:
        raise errors.GivesMore(capabilities=str(agent.role))
    more = agent.capabilities - set(before) - by.capabilities
    if more:
        raise errors.GivesMore(capabilities=", ".join(str(Capability(one).label) for one in sorted(more)))


def check_another_administrator(agent: Agent) -> None:
    """Called before this one is no administrator any more, or cannot sign in."""
    if not Agent.objects.active().administrators().exclude(pk=agent.pk).exists():
        raise errors.LastAdministrator(name=agent.name)
