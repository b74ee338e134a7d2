import datetime
from typing import Self

from django.db import models
from django.utils import timezone

from companies.models.company import Company


class AlarmQuerySet(models.QuerySet["Alarm"]):
    def due(self, now: datetime.datetime | None = None) -> Self:
        return self.filter(due_at__lte=now or timezone.now())

    def lockable(self) -> Self:
        """Those that nobody else is just taking or setting, locked."""
        return self.select_for_update(skip_locked=True, of=("self",))


class Alarm(models.Model):
    """Something to look at later. Its handler looks at the true state, so an early ring does no harm."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="alarms")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=100)
    due_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    #: Some worker is at it. Whoever sets it meanwhile takes that back: what its handler sees may be older than that.
    is_ringing = models.BooleanField(default=False, db_default=False)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "kind", "subject"], name="one_alarm_per_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} of {self.company_id}"
