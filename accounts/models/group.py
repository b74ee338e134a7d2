from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.capabilities import Capability
from accounts.models.agent import Agent


class GroupQuerySet(models.QuerySet["Group"]):
    def in_order(self) -> Self:
        return self.order_by("position", "name")

    def staffed(self) -> Self:
        """Where somebody is left who may take chats: of the others, everybody takes the conversations."""
        takers = Agent.objects.active().who_may(Capability.TAKE_CHATS)
        return self.filter(pk__in=Group.agents.through.objects.filter(agent__in=takers).values("group"))


class Group(models.Model):
    """Agents who take the same conversations: a department."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    #: What visitors read where they choose.
    description = models.CharField(_("description"), max_length=200, blank=True)
    position = models.PositiveIntegerField(default=0)
    agents = models.ManyToManyField(Agent, related_name="groups", blank=True, verbose_name=_("agents"))
    created_at = models.DateTimeField(auto_now_add=True)
    #: Grows with each edit, so that of two editors the second is told.
    version = models.PositiveIntegerField(default=0)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")

    def __str__(self) -> str:
        return self.name
