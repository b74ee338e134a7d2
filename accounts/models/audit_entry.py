import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def newest_first(self) -> Self:
        return self.order_by("-at", "-id")

    def before(self, at: datetime.datetime, pk: int) -> Self:
        """What comes after this one, newest first."""
        return self.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk))

    def with_words(self, words: str) -> Self:
        """Each of these words stands in a name, the note or what was changed."""
        found = self
        for word in words.split():
            places = ("by_name", "subject_name", "subject_pk", "note", "address", "changes")
            fits = Q()
            for place in places:
                fits |= Q(**{f"{place}__icontains": word})
            found = found.filter(fits)
        return found


class AuditEntry(models.Model):
    """Who changed what, and when. The database itself refuses to change or remove an entry.

    Names stand as they were: an entry points at nothing, so that it outlives what it tells of.
    """

    class Kind(models.TextChoices):
        AGENT = "agent", _("agent")
        OPERATOR = "operator", _("operator")
        SYSTEM = "system", _("system")

    at = models.DateTimeField(default=timezone.now)
    by_kind = models.CharField(max_length=10, choices=Kind)
    by_pk = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=100, blank=True)
    address = models.GenericIPAddressField(null=True)
    #: As in "agent.disabled": the noun and what became of it.
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_pk = models.CharField(max_length=60, blank=True)
    subject_name = models.CharField(max_length=200, blank=True)
    #: Field to [before, after].
    changes = models.JSONField(default=dict)
    note = models.CharField(max_length=1000, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_newest"),
            models.Index(fields=["action", "-at"], name="audit_by_action"),
            models.Index(fields=["by_kind", "by_pk", "-at"], name="audit_by_whom"),
            models.Index(fields=["subject_kind", "subject_pk", "-at"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"
