"""Rows every layer may use; they live in the public schema only."""

import datetime
from typing import Self

from django.db import models
from django.utils import timezone


class TallyQuerySet(models.QuerySet["Tally"]):
    def untouched_for(self, period: datetime.timedelta) -> Self:
        return self.filter(last_at__lte=timezone.now() - period)

    def lockable(self) -> Self:
        """Those nobody else is counting just now, locked."""
        return self.select_for_update(skip_locked=True)


class Tally(models.Model):
    """How many times in a row something happened, and when it last did."""

    key = models.CharField(max_length=200, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
