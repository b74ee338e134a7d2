from typing import Self

from django.db import models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from chat.models.conversation import Conversation

# In SQL for the same reason as a conversation's summary.
_PICTURE = RawSQL(
    """CASE WHEN chat_entry.kind = 'accepted' THEN coalesce((
        SELECT a.picture FROM accounts_agent a WHERE a.id = chat_entry.agent_id
    ), '') ELSE '' END""",
    (),
    output_field=models.CharField(),
)


class EntryQuerySet(models.QuerySet["Entry"]):
    def with_pictures(self) -> Self:
        """With the picture, as it is now, of each agent who accepted."""
        return self.annotate(picture=_PICTURE)


class Entry(models.Model):
    """One entry of a conversation's log. Written once, by `chat.log`, never changed."""

    class Kind(models.TextChoices):
        REQUESTED = "requested", _("requested")
        TEXT = "text", _("text")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("back in the line")
        ENDED = "ended", _("ended")

    Side = Conversation.Side

    pk = models.CompositePrimaryKey("conversation_id", "number")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="entries", db_index=False
    )
    number = models.IntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    side = models.CharField(max_length=10, choices=Conversation.Side)
    agent_id = models.BigIntegerField(null=True, blank=True)
    #: The display name as it was then: what the visitor saw is what the record shows.
    author = models.CharField(max_length=60, blank=True)
    client_id = models.UUIDField(null=True, blank=True)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField()

    #: Only of those read `with_pictures`.
    picture: str = ""

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(fields=["conversation", "client_id"], name="a_repeat_is_harmless"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="numbers_begin_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}/{self.number} {self.kind}"
