from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agent


class StatusPeriodQuerySet(models.QuerySet["StatusPeriod"]):
    def lasting(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def lasting_of(self, agents: Collection[int]) -> "dict[int, StatusPeriod]":
        """The one each agent is in, by agent; missing who has never been there."""
        return {period.agent_id: period for period in self.lasting().filter(agent__in=agents)}


class StatusPeriod(models.Model):
    """How long an agent had a status, and why."""

    class Status(models.TextChoices):
        ONLINE = "online", _("online")
        BUSY = "busy", _("busy")
        AWAY = "away", _("away")
        INVISIBLE = "invisible", _("invisible")
        OFFLINE = "offline", _("offline")

    class Reason(models.TextChoices):
        CHOSEN = "chosen", _("chosen")
        IDLE = "idle", _("no activity")
        SIGNED_OUT = "signed_out", _("signed out")
        LOST = "lost", _("connection lost")

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="status_periods")
    status = models.CharField(max_length=10, choices=Status)
    reason = models.CharField(max_length=10, choices=Reason)
    began_at = models.DateTimeField()
    #: Empty while it lasts.
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = StatusPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("time in a status")
        verbose_name_plural = _("times in a status")
        constraints = [
            models.UniqueConstraint(
                fields=["agent"], condition=Q(ended_at__isnull=True), name="one_status_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")),
                name="a_status_ends_after_it_began",
            ),
        ]
        indexes = [models.Index(fields=["agent", "-began_at"], name="status_period_newest")]

    def __str__(self) -> str:
        return f"{self.agent_id}: {self.status} from {self.began_at}"
