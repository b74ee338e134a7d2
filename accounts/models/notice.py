from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.agent import Agent, AgentQuerySet
from accounts.models.group import Group


class NoticeQuerySet(models.QuerySet["Notice"]):
    def existing(self) -> Self:
        return self.filter(deleted_at=None)

    def current(self) -> Self:
        """Shown now: begun, not over, not withdrawn."""
        now = timezone.now()
        begun = Q(starts_at__lte=now) & (Q(ends_at=None) | Q(ends_at__gt=now))
        return self.existing().filter(begun, withdrawn_at=None)

    def to(self, agent: Agent) -> Self:
        """Those meant for the agent."""
        mine = Q(pk__in=Notice.agents.through.objects.filter(agent_id=agent.pk).values("notice_id"))
        ours = Q(groups__agents=agent)
        return self.filter(Q(audience=Notice.Audience.ALL) | mine | ours).distinct()

    def ended(self) -> Self:
        """Those whose time is over; not the withdrawn ones."""
        return self.existing().filter(withdrawn_at=None, ends_at__lte=timezone.now())

    def with_readings(self, agent: Agent) -> Self:
        """Each with `is_read`: whether the agent has read it as it is now."""
        readings = NoticeReading.objects.filter(
            notice=OuterRef("pk"), agent_id=agent.pk, version=OuterRef("version")
        )
        return self.annotate(is_read=Exists(readings))

    def unread_by(self, agent: Agent) -> Self:
        return self.current().to(agent).with_readings(agent).filter(is_read=False)

    def newest_first(self) -> Self:
        return self.order_by("-starts_at", "-pk")


class Notice(models.Model):
    """Words for colleagues, shown in their workspace for a time."""

    class Audience(models.TextChoices):
        ALL = "all", _("everyone")
        GROUPS = "groups", _("groups")
        AGENTS = "agents", _("agents")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        SHOWN = "shown", _("shown now")
        ENDED = "ended", _("ended")
        WITHDRAWN = "withdrawn", _("withdrawn")

    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=5000)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.ALL)
    groups = models.ManyToManyField(Group, related_name="notices", blank=True)
    agents = models.ManyToManyField(Agent, related_name="notices", blank=True)
    starts_at = models.DateTimeField(default=timezone.now)
    #: Without one it stays until it is withdrawn.
    ends_at = models.DateTimeField(null=True, blank=True)
    author = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="notices_written")
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    #: Grows with each edit: readers are told anew, and of two editors the second is told.
    version = models.PositiveIntegerField(default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")),
                name="notice_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> State:
        now = timezone.now()
        if self.withdrawn_at is not None:
            return self.State.WITHDRAWN
        if self.starts_at > now:
            return self.State.PLANNED
        is_over = self.ends_at is not None and self.ends_at <= now
        return self.State.ENDED if is_over else self.State.SHOWN

    @property
    def is_shown(self) -> bool:
        return self.deleted_at is None and self.state == self.State.SHOWN

    @property
    def recipients(self) -> AgentQuerySet:
        """Everybody it is meant for, as groups are now, who may sign in."""
        active = Agent.objects.active()
        if self.audience == self.Audience.ALL:
            return active
        if self.audience == self.Audience.GROUPS:
            return active.filter(groups__in=self.groups.all()).distinct()
        return active.filter(notices=self)


class NoticeReading(models.Model):
    """An agent has read a notice as it was then."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="readings")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="notice_readings")
    version = models.PositiveIntegerField()
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "agent", "version"], name="one_reading_of_a_notice"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.agent_id}"


class NoticeEdition(models.Model):
    """A notice as it stood before an edit."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="editions")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    edited_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "version"], name="one_edition_of_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.version}"
