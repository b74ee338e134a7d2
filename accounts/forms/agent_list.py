from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.forms import fields
from accounts.models import Agent, Group, Role
from accounts.models.agent import AgentQuerySet

#: What the list may be ordered by, and what that is in the table. Names settle what is equal.
ORDERS = {
    "name": ["name", "pk"],
    "agent_id": ["agent_id"],
    "role": ["role__kind", "role__name", "name", "pk"],
    "last_login": ["last_login", "name", "pk"],
}


class State(models.TextChoices):
    ACTIVE = "active", _("Active")
    INVITED = "invited", _("Invited")
    DISABLED = "disabled", _("Disabled")


class AgentListForm(fields.Form):
    """What the list is narrowed by; everything is optional."""

    q = forms.CharField(label=_("Name, agent ID or e-mail"), max_length=100, required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *State.choices])
    role = forms.ModelChoiceField(
        Role.objects.order_by("pk"), label=_("Role"), required=False, empty_label=_("All")
    )
    group = forms.ModelChoiceField(
        Group.objects.in_order(), label=_("Group"), required=False, empty_label=_("All")
    )

    def found(self) -> AgentQuerySet:
        """The agents asked for; what makes no sense narrows nothing."""
        self.is_valid()
        asked: dict[str, Any] = self.cleaned_data
        agents: AgentQuerySet = Agent.objects.existing().called(asked.get("q", ""))
        if asked.get("role"):
            agents = agents.filter(role=asked["role"])
        if asked.get("group"):
            agents = agents.filter(groups=asked["group"])
        return _in_state(agents, asked.get("state", ""))


def _in_state(agents: AgentQuerySet, state: str) -> AgentQuerySet:
    match state:
        case State.ACTIVE:
            return agents.active()
        case State.INVITED:
            return agents.invited()
        case State.DISABLED:
            return agents.disabled()
        case _:
            return agents


def in_order(agents: AgentQuerySet, order: str) -> AgentQuerySet:
    """By one of `ORDERS`, backwards with a hyphen before it; whoever never signed in stands last."""
    names = ORDERS.get(order.removeprefix("-"), ORDERS["name"])
    first, *rest = names
    by = (
        models.F(first).desc(nulls_last=True)
        if order.startswith("-")
        else models.F(first).asc(nulls_last=True)
    )
    return agents.order_by(by, *rest)
