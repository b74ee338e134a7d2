from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.capabilities import Capability
from accounts.models import Agent, Group
from widgets.models import Visitor

# In SQL: to put them together from expressions took three times as long as the query, at each opening.
_PREVIEW = RawSQL(
    """coalesce((
        SELECT e.text FROM chat_entry e WHERE e.conversation_id = chat_conversation.id AND e.kind = 'text'
        ORDER BY e.number DESC LIMIT 1
    ), '')""",
    (),
    output_field=models.TextField(),
)
_UNREAD = RawSQL(
    """(
        SELECT count(*) FROM chat_entry e WHERE e.conversation_id = chat_conversation.id AND e.kind = 'text'
        AND e.side = 'visitor' AND e.number > chat_conversation.agent_read
    )""",
    (),
    output_field=models.IntegerField(),
)
# Only where it matters: a long log is not looked through for it.
_RETURNED_FROM = RawSQL(
    """CASE WHEN chat_conversation.state = 'waiting' THEN coalesce((
        SELECT e.author FROM chat_entry e WHERE e.conversation_id = chat_conversation.id AND e.kind = 'returned'
        ORDER BY e.number DESC LIMIT 1
    ), '') ELSE '' END""",
    (),
    output_field=models.TextField(),
)
# As `Group.objects.staffed()`, and only while it waits.
_TAKEN_BY = RawSQL(
    """CASE WHEN chat_conversation.state = 'waiting' AND EXISTS (
        SELECT 1 FROM accounts_group_agents m
        JOIN accounts_agent a ON a.id = m.agent_id AND a.is_active
        JOIN accounts_role r ON r.id = a.role_id
        WHERE m.group_id = chat_conversation.group_id AND (
            r.kind = 'administrator' OR 'take_chats' = ANY(a.granted)
            OR ('take_chats' = ANY(r.capabilities) AND NOT 'take_chats' = ANY(a.withheld))
        )
    ) THEN chat_conversation.group_id END""",
    (),
    output_field=models.BigIntegerField(),
)


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def waiting(self) -> Self:
        return self.filter(state=Conversation.State.WAITING)

    def active(self) -> Self:
        return self.filter(state=Conversation.State.ACTIVE)

    def open(self) -> Self:
        return self.exclude(state=Conversation.State.ENDED)

    def of(self, agent: Agent) -> Self:
        return self.filter(agent=agent)

    def visible_to(self, agent: Agent) -> Self:
        """Their own, and the waiting ones they may take; with the permission for records, all."""
        if agent.can(Capability.SEE_ALL_RECORDS):
            return self
        visible = Q(agent=agent)
        if agent.can(Capability.TAKE_CHATS):
            visible |= Q(state=Conversation.State.WAITING) & self._open_to(agent)
        return self.filter(visible)

    def for_takers(self, agent: Agent) -> Self:
        """Not those that are for a group the agent does not belong to."""
        return self.filter(self._open_to(agent))

    def _open_to(self, agent: Agent) -> Q:
        """Of no group, of one of theirs, or of one in which nobody is left to take it."""
        staffed = Group.objects.staffed()
        return Q(group=None) | Q(group__in=agent.groups.values("pk")) | ~Q(group__in=staffed.values("pk"))

    def oldest_first(self) -> Self:
        return self.order_by("requested_at", "id")

    def with_summary(self) -> Self:
        """With visitor and agent, the newest words, how many of the visitor's no agent has read, who lost it, and
        the group that alone may take it."""
        return self.select_related("visitor", "agent").annotate(
            preview=_PREVIEW, unread=_UNREAD, returned_from=_RETURNED_FROM, taken_by=_TAKEN_BY
        )


class Conversation(models.Model):
    """A talk between a visitor and the company, with an append-only log of numbered entries."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ACTIVE = "active", _("in conversation")
        ENDED = "ended", _("ended")

    class Side(models.TextChoices):
        VISITOR = "visitor", _("visitor")
        AGENT = "agent", _("agent")
        SYSTEM = "system", _("system")

    visitor = models.ForeignKey(Visitor, on_delete=models.PROTECT, related_name="conversations")
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, null=True, blank=True, related_name="conversations"
    )
    #: Through whose icon it was begun; the name stays when the group is gone.
    group = models.ForeignKey(
        Group, on_delete=models.SET_NULL, null=True, blank=True, related_name="conversations"
    )
    group_name = models.CharField(max_length=60, blank=True, default="", db_default="")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    page_url = models.CharField(max_length=2000, blank=True)
    page_title = models.CharField(max_length=300, blank=True)
    requested_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=10, choices=Side, blank=True)
    #: The newest entry's number. Changed only by the log, under the row's lock: that is why no number is
    #: missing and none is used twice.
    # Numbers only grow. The database would look at a check of each with every message, and read it anew each time.
    last_number = models.IntegerField(default=0)
    visitor_delivered = models.IntegerField(default=0)
    visitor_read = models.IntegerField(default=0)
    agent_delivered = models.IntegerField(default=0)
    agent_read = models.IntegerField(default=0)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        constraints = [
            models.UniqueConstraint(
                fields=["visitor"], condition=~Q(state="ended"), name="one_open_conversation_per_visitor"
            ),
            models.CheckConstraint(
                condition=Q(state="active", agent__isnull=False) | ~Q(state="active"),
                name="an_active_conversation_has_an_agent",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) | ~Q(state="ended"),
                name="an_ended_conversation_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(visitor_read__lte=F("visitor_delivered"), agent_read__lte=F("agent_delivered")),
                name="what_is_read_was_delivered",
            ),
        ]
        indexes = [
            models.Index(fields=["requested_at"], name="conversation_waiting", condition=Q(state="waiting")),
            models.Index(fields=["agent"], name="conversation_of_agent", condition=Q(state="active")),
        ]

    def __str__(self) -> str:
        return f"Conversation {self.pk}: {self.state}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_ended(self) -> bool:
        return self.state == self.State.ENDED
