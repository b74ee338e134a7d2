import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agent


class Presence(models.Model):
    """The status an agent has chosen. Whether they are there at all is told by their leases."""

    class Status(models.TextChoices):
        ONLINE = "online", _("online")
        BUSY = "busy", _("busy")
        AWAY = "away", _("away")
        INVISIBLE = "invisible", _("invisible")

    agent = models.OneToOneField(Agent, on_delete=models.CASCADE, related_name="presence", primary_key=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.ONLINE)
    changed_at = models.DateTimeField(default=timezone.now)
    #: The newest activity in any of their tabs.
    active_at = models.DateTimeField(default=timezone.now)
    #: Since when they count as away for want of activity; the status chosen comes back at the first.
    idle_since = models.DateTimeField(null=True, blank=True)
    #: Minutes without activity after which they become away; empty: as the company says.
    away_after_minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("presence")

    def __str__(self) -> str:
        return f"{self.agent_id}: {self.status}"

    @property
    def may_become_idle(self) -> bool:
        """Who is away already, or not to be seen, does not become away."""
        return self.status in {self.Status.ONLINE, self.Status.BUSY}


class LeaseQuerySet(models.QuerySet["Lease"]):
    def live(self, now: datetime.datetime | None = None) -> Self:
        return self.filter(expires_at__gt=now or timezone.now())


class Lease(models.Model):
    """One connection of an agent. It is renewed while the socket lives and lapses by itself."""

    id = models.UUIDField(primary_key=True)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="leases")
    #: The sign-in it belongs to, so that signing out ends it (accounts.services.socket_tokens.session_hash).
    session = models.CharField(max_length=32)
    expires_at = models.DateTimeField()

    objects = LeaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("lease")
        indexes = [models.Index(fields=["agent", "expires_at"], name="lease_of_agent")]

    def __str__(self) -> str:
        return f"{self.agent_id} until {self.expires_at}"
