import datetime
from typing import Self

from django.db import models
from django.utils import timezone

from companies.models.company import Company


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime.datetime | None = None) -> Self:
        return self.filter(state=Delivery.State.PENDING, next_attempt_at__lte=now or timezone.now())

    def lockable(self) -> Self:
        return self.select_for_update(skip_locked=True)


class Delivery(models.Model):
    """Something that leaves the house: a row first, a task second, so that nothing is forgotten."""

    class Kind(models.TextChoices):
        MAIL = "mail"

    class State(models.TextChoices):
        PENDING = "pending"
        SENT = "sent"
        FAILED = "failed"

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="deliveries")
    kind = models.CharField(max_length=10, choices=Kind)
    #: Says what this is, so that doing it twice is doing it once.
    key = models.CharField(max_length=200, unique=True)
    to = models.CharField(max_length=254)
    content = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="delivery_pending", condition=models.Q(state="pending")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.state}"
