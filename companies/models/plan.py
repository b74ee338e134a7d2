from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Function(models.TextChoices):
    """What a plan may include beside its limits."""

    EXPORT = "export", _("export of records")
    CALLBACK = "callback", _("callback")
    OWN_DOMAIN = "own_domain", _("own domain")
    NO_BRANDING = "no_branding", _("no branding of ours")


class PlanQuerySet(models.QuerySet["Plan"]):
    def on_offer(self) -> Self:
        return self.filter(is_public=True)


class Plan(models.Model):
    """What a company may use: limits, of which an empty one is none, and functions."""

    class Billing(models.TextChoices):
        FREE = "free", _("free of charge")
        PREPAID = "prepaid", _("paid in advance")
        INVOICE = "invoice", _("by invoice")

    #: The name for programs; never changes.
    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=50)
    name_zh_hans = models.CharField(_("name in Simplified Chinese"), max_length=50, blank=True)
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    conversations = models.PositiveIntegerField(_("conversations at a time"), null=True, blank=True)
    storage_bytes = models.PositiveBigIntegerField(_("storage, bytes"), null=True, blank=True)
    retention_days = models.PositiveIntegerField(_("retention, days"), null=True, blank=True)
    functions = ArrayField(
        models.CharField(max_length=20, choices=Function),
        verbose_name=_("functions"), default=list, blank=True,
    )  # fmt: skip
    billing = models.CharField(_("billing"), max_length=10, choices=Billing, default=Billing.PREPAID)
    #: A company that begins with this plan may try it for so long; empty: without an end.
    trial_days = models.PositiveSmallIntegerField(_("days of trial"), null=True, blank=True)
    #: What new companies begin with.
    is_default = models.BooleanField(_("new companies begin with it"), default=False)
    #: Companies are shown it among those they may have.
    is_public = models.BooleanField(_("on offer"), default=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_plan"
            ),
            models.UniqueConstraint(Lower("name"), name="one_plan_of_a_name"),
            models.CheckConstraint(
                condition=models.Q(seats__isnull=True) | models.Q(seats__gte=1), name="a_plan_has_a_seat"
            ),
        ]

    def __str__(self) -> str:
        is_chinese = (get_language() or "").startswith("zh")
        return self.name_zh_hans if is_chinese and self.name_zh_hans else self.name
