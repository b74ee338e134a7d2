"""Groups of agents: departments whose conversations only they take."""

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts import errors
from accounts.models import Agent, Group
from accounts.services import agent_rules, audit, editing
from accounts.signals import agent_changed


@transaction.atomic
def add(*, name: str, description: str = "", agents: Collection[Agent] = ()) -> Group:
    """The last in the order."""
    agent_rules.wait_for_others()
    last = Group.objects.aggregate(last=Max("position"))["last"]
    group = Group(name=name, description=description, position=0 if last is None else last + 1)
    _save(group)
    changed = _set_members(group, agents)
    audit.record("group.added", group, {"agents": [[], sorted(map(str, agents))]})
    _tell(changed)
    return group


@transaction.atomic
def edit(group: Group, *, seen: int, name: str, description: str, agents: Collection[Agent]) -> Group:
    """Who comes and who goes is told at once: what they may take is another now."""
    agent_rules.wait_for_others()
    group = editing.claim(group, seen)
    before = sorted(map(str, group.agents.all()))
    changes = audit.apply(group, name=name, description=description)
    _save(group)
    changed = _set_members(group, agents)
    if changed:
        changes["agents"] = [before, sorted(map(str, agents))]
    if changes:
        audit.record("group.edited", group, changes)
    # Those who stay learn of another name.
    _tell(set(agents) | changed if "name" in changes else changed)
    return group


@transaction.atomic
def move(group: Group, *, up: bool) -> None:
    """Change places with the neighbour; at the end of the list nothing happens."""
    groups = list(Group.objects.select_for_update().in_order())
    place = next((place for place, one in enumerate(groups) if one.pk == group.pk), None)
    other = None if place is None else place + (-1 if up else 1)
    if place is None or other is None or not 0 <= other < len(groups):
        return
    groups[place], groups[other] = groups[other], groups[place]
    for position, one in enumerate(groups):
        one.position = position
    Group.objects.bulk_update(groups, ["position"])
    audit.record("group.moved", group, {"position": [place + 1, other + 1]})


@transaction.atomic
def delete(group: Group) -> None:
    """Its conversations keep its name; those that wait are everybody's from now on. Harmless to repeat."""
    agent_rules.wait_for_others()
    if not Group.objects.filter(pk=group.pk).exists():
        return
    members = set(group.agents.all())
    audit.record("group.deleted", group, {"agents": [sorted(map(str, members)), []]})
    group.delete()
    _tell(members)


def _set_members(group: Group, agents: Collection[Agent]) -> set[Agent]:
    """Who was not in it before, or is no longer."""
    before = set(group.agents.all())
    group.agents.set(agents)
    return before ^ set(agents)


def _tell(agents: Collection[Agent]) -> None:
    for agent in agents:
        if agent.is_active:
            agent_changed.send(Agent, agent=agent)


def _save(group: Group) -> None:
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError:
        raise errors.GroupNameTaken from None
