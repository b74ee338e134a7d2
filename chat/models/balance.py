from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chat.models.conversation import Conversation


class Tally(models.Model):
    """What one process of sockets saw happen to a conversation's messages, counted as it answered: a source of
    its own beside the log. What a process had not yet written down when it was killed is missing here."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="tallies", db_index=False
    )
    process = models.UUIDField()
    #: The newest batch of counts in it: one that is written again, its outcome unknown, counts once.
    batch = models.PositiveIntegerField()
    #: Messages that their senders named, each once: those acknowledged and those refused.
    sent = models.PositiveIntegerField(default=0)
    acknowledged = models.PositiveIntegerField(default=0)
    #: Sent again under the same name and answered as the first time.
    repeated = models.PositiveIntegerField(default=0)
    #: Acknowledged under a lower number than what the same sender said before.
    out_of_order = models.PositiveIntegerField(default=0)
    #: The highest number acknowledged, and the highest that a browser said it holds.
    highest = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "process"], name="one_tally_of_a_process_for_a_conversation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.acknowledged} acknowledged"


class BalanceCheckQuerySet(models.QuerySet["BalanceCheck"]):
    def with_trouble(self) -> "BalanceCheckQuerySet":
        return self.filter(Q(lost__gt=0) | Q(doubled__gt=0) | Q(out_of_order__gt=0) | Q(ahead__gt=0))


class BalanceCheck(models.Model):
    """A conversation's log compared with its tallies and marks, as of `checked_at`."""

    conversation = models.OneToOneField(
        Conversation, on_delete=models.CASCADE, related_name="balance", primary_key=True
    )
    checked_at = models.DateTimeField()
    #: What it was made from: where any of these has changed it is made again.
    last_number = models.PositiveIntegerField()
    marks = models.PositiveBigIntegerField()
    counted = models.PositiveBigIntegerField()
    #: Figures, defined in `chat.services.balance`.
    sent = models.PositiveIntegerField()
    acknowledged = models.PositiveIntegerField()
    repeated = models.PositiveIntegerField()
    stored = models.PositiveIntegerField()
    delivered = models.PositiveIntegerField()
    seen = models.PositiveIntegerField()
    uncounted = models.PositiveIntegerField()
    lost = models.PositiveIntegerField()
    doubled = models.PositiveIntegerField()
    out_of_order = models.PositiveIntegerField()
    ahead = models.PositiveIntegerField()

    objects = BalanceCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("balance check")
        verbose_name_plural = _("balance checks")

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.lost} lost, {self.doubled} doubled"
