import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.models.company import Company


class OperatorVisitQuerySet(models.QuerySet["OperatorVisit"]):
    def under_way(self, now: datetime.datetime | None = None) -> Self:
        now = now or timezone.now()
        return self.filter(begins_at__lte=now, ends_at__gt=now, ended_at__isnull=True)


class OperatorVisit(models.Model):
    """An operator inside a company: why, and until when at the latest."""

    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, related_name="operator_visits", verbose_name=_("company")
    )
    #: The operator in the public schema; the name stays when they go.
    operator_pk = models.BigIntegerField()
    operator_name = models.CharField(_("operator"), max_length=60)
    reason = models.CharField(_("reason"), max_length=500)
    begins_at = models.DateTimeField(_("begins at"), default=timezone.now)
    ends_at = models.DateTimeField(_("ends at"))
    #: When it was ended before its time.
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = OperatorVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("operator's visit")
        verbose_name_plural = _("operators' visits")
        indexes = [models.Index(fields=["company", "ends_at"], name="visits_of_operators")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="an_operator_says_why"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("begins_at"))
                & models.Q(ends_at__lte=models.F("begins_at") + datetime.timedelta(hours=4)),
                name="an_operator_stays_four_hours_at_most",
            ),
        ]

    def __str__(self) -> str:
        return self.operator_name

    @property
    def is_under_way(self) -> bool:
        return self.ended_at is None and self.begins_at <= timezone.now() < self.ends_at
