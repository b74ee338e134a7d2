"""Roles: bundles of permissions. Only administrators change them."""

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts import errors
from accounts.capabilities import AGENT_CAPABILITIES, SUPERVISOR_CAPABILITIES, Capability
from accounts.models import Agent, Role
from accounts.services import agent_rules, audit, editing
from accounts.signals import agent_changed

_BUILT_IN: dict[str, list[Capability]] = {
    # May do everything, what comes later included.
    Role.Kind.ADMINISTRATOR: [],
    Role.Kind.SUPERVISOR: SUPERVISOR_CAPABILITIES,
    Role.Kind.AGENT: AGENT_CAPABILITIES,
}


def add_built_in() -> None:
    """The roles that every company has from its first moment."""
    Role.objects.bulk_create(
        Role(kind=kind, capabilities=capabilities) for kind, capabilities in _BUILT_IN.items()
    )


def as_delivered(role: Role) -> list[str]:
    """What a built-in role could do on the first day, in the order of the enum; of an own one, nothing."""
    return _ordered(_BUILT_IN.get(role.kind, []))


@transaction.atomic
def add(*, name: str, capabilities: Collection[str], by: Agent) -> Role:
    _in_turn(by)
    role = Role(kind=Role.Kind.OWN, name=name, capabilities=_ordered(capabilities))
    _save(role)
    audit.record("role.added", role, {"capabilities": [[], list(role.capabilities)]})
    return role


@transaction.atomic
def edit(role: Role, *, seen: int, name: str, capabilities: Collection[str], by: Agent) -> Role:
    """Each agent who has it is told at once; a built-in role keeps its name."""
    _in_turn(by)
    if role.kind == Role.Kind.ADMINISTRATOR:
        raise errors.RoleFixed
    role = editing.claim(role, seen)
    called = name if role.kind == Role.Kind.OWN else role.name
    same = set(role.capabilities) == set(capabilities)
    changes = audit.apply(
        role, name=called, capabilities=role.capabilities if same else _ordered(capabilities)
    )
    if changes:
        _save(role)
        audit.record("role.edited", role, changes)
        _tell(Agent.objects.active().filter(role=role))
    return role


def reset(role: Role, *, seen: int, by: Agent) -> Role:
    """A built-in role as it was delivered."""
    return edit(role, seen=seen, name=role.name, capabilities=as_delivered(role), by=by)


@transaction.atomic
def delete(role: Role, *, move_to: Role | None = None, by: Agent) -> None:
    """Whoever has it gets the other role instead; without one it must be nobody's."""
    _in_turn(by)
    if role.kind != Role.Kind.OWN:
        raise errors.RoleBuiltIn
    # Whoever is being given the role meanwhile waits, and finds it gone.
    role = agent_rules.role_of_now(role)
    having = list(Agent.objects.existing().filter(role=role))
    if having and (move_to is None or move_to.pk == role.pk):
        raise errors.RoleInUse
    if move_to is not None:
        _move(having, role, agent_rules.role_of_now(move_to))
    # Of those who are deleted nobody asks what they may do, but a row needs a role.
    Agent.objects.filter(role=role).update(role=Role.objects.get(kind=Role.Kind.AGENT))
    audit.record("role.deleted", role)
    role.delete()


def _move(agents: list[Agent], before: Role, after: Role) -> None:
    pks = [agent.pk for agent in agents]
    Agent.objects.filter(pk__in=pks).update(role=after, version=F("version") + 1)
    for agent in agents:
        audit.record("agent.edited", agent, {"role": [str(before), str(after)]})
    _tell(Agent.objects.active().filter(pk__in=pks))


def _tell(agents: Collection[Agent]) -> None:
    for agent in agents:
        agent_changed.send(Agent, agent=agent)


def _in_turn(by: Agent) -> None:
    """As for agents: who is demoted by another administrator just now changes nothing any more."""
    agent_rules.wait_for_others()
    if not by.is_administrator or not Agent.objects.active().administrators().filter(pk=by.pk).exists():
        raise errors.OnlyAdministrators


def _ordered(capabilities: Collection[str]) -> list[str]:
    return [capability.value for capability in Capability if capability in capabilities]


def _save(role: Role) -> None:
    try:
        with transaction.atomic():
            role.save()
    except IntegrityError:
        raise errors.RoleNameTaken from None
