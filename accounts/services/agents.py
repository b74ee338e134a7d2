"""Agents of the company one is in. Whoever changes them must be allowed to: see agent_rules."""

from collections.abc import Collection
from typing import Any

from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import errors
from accounts.models import Agent, Group, Passkey, RecoveryCode, Role, Totp
from accounts.services import agent_rules, audit, editing, email_changes
from accounts.signals import agent_changed, agent_deactivated
from companies import limits
from core.errors import NotFound


def add(*, agent_id: str, name: str, email: str, password: str, role_kind: str) -> Agent:
    """An agent with one of the built-in roles, as a company's first one, whom nobody adds."""
    agent = Agent(agent_id=agent_id, name=name, email=email, role=Role.objects.get(kind=role_kind))
    agent.set_password(password)
    return save_new(agent)


@transaction.atomic
def add_colleague(*, by: Agent, password: str, groups: Collection[Group] = (), **facts: Any) -> Agent:
    """An agent with a password that `by` has chosen, and perhaps must change at the first sign-in."""
    by = agent_rules.in_turn(by)
    agent = Agent(**facts, password_changed_at=timezone.now())
    agent.set_password(password)
    agent.role = agent_rules.role_of_now(agent.role)
    agent_rules.check_gives(by, agent)
    limits.take_seat()
    save_new(agent)
    agent.groups.set(groups)
    audit.record("agent.added", agent, _first_facts(agent, groups))
    agent_changed.send(Agent, agent=agent)
    return agent


def save_new(agent: Agent) -> Agent:
    """Agent IDs are never given twice, not even that of somebody who was deleted."""
    agent.clean_fields(exclude=["role"])
    try:
        with transaction.atomic():
            agent.save(force_insert=True)
    except IntegrityError:
        raise errors.AgentIdTaken from None
    return agent


@transaction.atomic
def edit(
    agent: Agent, *, by: Agent, version: int, groups: Collection[Group] | None = None, **facts: Any
) -> Agent:
    """Change who they are and what they may do; what is not said stays. Open pages learn it at once."""
    by = agent_rules.in_turn(by)
    now: Agent = editing.claim(_locked(agent), version)
    agent_rules.check_may_change(by, now)
    before, was_administrator = now.capabilities, now.is_administrator
    changes = audit.apply(now, **facts)
    if changes.keys() & {"role", "granted", "withheld"}:
        _check_permissions(by, now, before, was_administrator)
    now.save(update_fields=[*changes, "version"])
    changes |= _put_into(now, groups)
    if changes:
        audit.record("agent.edited", now, changes)
        email_changes.tell(now, changes)
        agent_changed.send(Agent, agent=now)
    return now


@transaction.atomic
def move(agent: Agent, role: Role, *, by: Agent) -> Agent:
    """Another role; what is granted or withheld to them alone stays."""
    return edit(agent, by=by, version=_version(agent), role=role)


@transaction.atomic
def join(agent: Agent, group: Group, *, by: Agent) -> Agent:
    """One more group for them."""
    return edit(agent, by=by, version=_version(agent), groups={*agent.groups.all(), group})


@transaction.atomic
def disable(agent: Agent, *, by: Agent) -> Agent:
    """They cannot sign in until somebody enables them again."""
    by = agent_rules.in_turn(by)
    now = _locked(agent)
    agent_rules.check_not_oneself(by, now)
    agent_rules.check_may_change(by, now)
    _check_accepted(now)
    return deactivate(now) if now.is_active else now


@transaction.atomic
def deactivate(agent: Agent) -> Agent:
    """They cannot sign in any more, and wherever they are signed in that is over, for good."""
    agent_rules.wait_for_others()
    if agent.is_administrator:
        agent_rules.check_another_administrator(agent)
    agent.is_active = False
    agent.save(update_fields=["is_active"])
    audit.record("agent.disabled", agent)
    _end_sign_ins(agent)
    agent_deactivated.send(Agent, agent=agent)
    return agent


@transaction.atomic
def enable(agent: Agent, *, by: Agent) -> Agent:
    """They can sign in again, with the password they had."""
    by = agent_rules.in_turn(by)
    now = _locked(agent)
    agent_rules.check_may_change(by, now)
    _check_accepted(now)
    if not now.is_active:
        limits.take_seat()
        now.is_active = True
        now.save(update_fields=["is_active"])
        audit.record("agent.enabled", now)
        agent_changed.send(Agent, agent=now)
    return now


@transaction.atomic
def delete(agent: Agent, *, by: Agent) -> Agent:
    """What they did stays, with their name; how to reach them, how they sign in and their groups go."""
    by = agent_rules.in_turn(by)
    now = _locked(agent)
    agent_rules.check_not_oneself(by, now)
    agent_rules.check_may_change(by, now)
    _check_accepted(now)
    if now.is_active:
        deactivate(now)
    audit.record("agent.deleted", now)
    _forget(now)
    agent_changed.send(Agent, agent=now)
    return now


def _forget(agent: Agent) -> None:
    agent.deleted_at = timezone.now()
    agent.email = agent.telephone = ""
    agent.set_unusable_password()
    agent.save(update_fields=["deleted_at", "email", "telephone", "password"])
    agent.groups.clear()
    for of_agent in (Totp, RecoveryCode, Passkey):
        of_agent.objects.filter(agent=agent).delete()


def _check_permissions(by: Agent, now: Agent, before: set[str], was_administrator: bool) -> None:
    if by.pk == now.pk:
        raise errors.OwnPermissions
    now.role = agent_rules.role_of_now(now.role)
    agent_rules.check_gives(by, now, before)
    if was_administrator and now.is_active and not now.is_administrator:
        agent_rules.check_another_administrator(now)


def _put_into(agent: Agent, groups: Collection[Group] | None) -> audit.Changes:
    before = set(agent.groups.all())
    if groups is None or set(groups) == before:
        return {}
    agent.groups.set(groups)
    return {"groups": [_names(before), _names(groups)]}


def _names(groups: Collection[Group]) -> list[str]:
    return sorted(group.name for group in groups)


def _first_facts(agent: Agent, groups: Collection[Group]) -> audit.Changes:
    return {
        "agent_id": ["", agent.agent_id],
        "role": ["", str(agent.role)],
        "groups": [[], _names(groups)],
    }


def _check_accepted(agent: Agent) -> None:
    if agent.is_invited:
        raise errors.StillInvited(name=agent.name)


def _locked(agent: Agent) -> Agent:
    """As it is now; somebody else may have deleted it since it was looked up."""
    existing = Agent.objects.existing().select_related("role").select_for_update(of=("self",))
    found: Agent | None = existing.filter(pk=agent.pk).first()
    if found is None:
        raise NotFound
    return found


def _version(agent: Agent) -> int:
    return _locked(agent).version


def _end_sign_ins(agent: Agent) -> None:
    """Enabled again, they sign in anew: an old session does not come back to life."""
    Session.objects.filter(session_key__in=agent.sign_ins.values("session_key")).delete()
    agent.sign_ins.all().delete()
