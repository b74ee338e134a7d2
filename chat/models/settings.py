from django.db import models
from django.utils.translation import gettext_lazy as _


class ChatSettings(models.Model):
    """What a company has chosen for its conversations: one row, made when it is first needed."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    #: Minutes without activity after which an agent becomes away by themselves; 0 is never.
    away_after_minutes = models.PositiveSmallIntegerField(default=5)
    #: Seconds after an agent's connection is gone until their conversations go back to the line.
    return_after_seconds = models.PositiveIntegerField(default=60)
    #: Minutes for which visitors who have left stay in the visitor queue.
    left_shown_minutes = models.PositiveSmallIntegerField(default=30)

    class Meta:
        verbose_name = _("chat settings")
        verbose_name_plural = _("chat settings")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_row_of_chat_settings"),
        ]

    def __str__(self) -> str:
        return "Chat settings"
