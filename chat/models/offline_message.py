from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agent
from widgets.models import Visitor


class OfflineMessageQuerySet(models.QuerySet["OfflineMessage"]):
    def unread(self) -> "OfflineMessageQuerySet":
        return self.filter(read_at__isnull=True)

    def newest_first(self) -> "OfflineMessageQuerySet":
        return self.order_by("-created_at", "-id")


class OfflineMessage(models.Model):
    """Words a visitor left while nobody was online."""

    visitor = models.ForeignKey(Visitor, on_delete=models.PROTECT, related_name="offline_messages")
    #: The name its sender gave it, so that sending again leaves one message.
    client_id = models.UUIDField()
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    text = models.TextField(_("message"))
    page_url = models.CharField(max_length=2000, blank=True)
    page_title = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfflineMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("offline message")
        verbose_name_plural = _("offline messages")
        constraints = [
            models.UniqueConstraint(fields=["visitor", "client_id"], name="an_offline_message_once"),
        ]
        indexes = [models.Index(fields=["-created_at"], name="offline_message_newest")]

    def __str__(self) -> str:
        return f"Offline message {self.pk}"
