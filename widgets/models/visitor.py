import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Visitor(models.Model):
    """Somebody on the company's website, known by the token in their browser."""

    #: Made when the browser is first seen; the signed token carries it, so no look-up is needed to trust it.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    first_seen_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(null=True)
    #: Visits so far. The row's lock makes the next one's number.
    visits = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("visitor")
        verbose_name_plural = _("visitors")

    def __str__(self) -> str:
        return self.name or str(self.id)
