import datetime
import zoneinfo
from contextlib import AbstractContextManager
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tenants import models as tenant_models

from companies.models.plan import Plan
from core.tenancy import context

#: How long a company may be used before the mail's link confirms it.
CONFIRMATION_PERIOD = datetime.timedelta(days=7)
#: How long everything goes on when what is paid is over. A trial ends when it ends.
GRACE = datetime.timedelta(days=7)


def schema_name(company_id: int) -> str:
    return f"c_{company_id}"


class Why(models.TextChoices):
    """What closes a company."""

    SUSPENDED = "suspended", _("suspended")
    TRIAL_OVER = "trial_over", _("trial over")
    UNPAID = "unpaid", _("not paid")


class Closure(NamedTuple):
    """Why a company is closed, or will be, and since when."""

    why: Why
    since: datetime.datetime


class Company(tenant_models.TenantMixin):
    """A company that uses the product, with a PostgreSQL schema of its own."""

    auto_create_schema = False

    company_id = models.PositiveIntegerField(_("company ID"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    #: Origins that may carry the site code; empty means any.
    sites = ArrayField(models.CharField(max_length=255), default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    # The database's own defaults: the release before this one opens companies beside it while it is installed.
    address = models.CharField(_("address"), max_length=300, blank=True, default="", db_default="")
    contact_person = models.CharField(
        _("contact person"), max_length=60, blank=True, default="", db_default=""
    )
    telephone = models.CharField(_("telephone"), max_length=30, blank=True, default="", db_default="")
    website = models.URLField(_("website"), blank=True, default="", db_default="")
    #: The key of a stored picture.
    logo = models.CharField(_("logo"), max_length=200, blank=True, default="", db_default="")

    #: None only where the release before this one opened it: then nothing is limited until it has one.
    plan = models.ForeignKey(
        Plan, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("plan")
    )
    plan_since = models.DateTimeField(_("plan since"), default=timezone.now, db_default=Now())
    trial_ends_at = models.DateTimeField(_("trial ends at"), null=True, blank=True)
    paid_until = models.DateTimeField(_("paid until"), null=True, blank=True)
    suspended_at = models.DateTimeField(_("suspended at"), null=True, blank=True)
    suspension_reason = models.CharField(
        _("reason for the suspension"), max_length=500, blank=True, default="", db_default=""
    )
    #: Limits of the company's own; an empty one is as the plan says.
    own_seats = models.PositiveIntegerField(_("seats of its own"), null=True, blank=True)
    own_conversations = models.PositiveIntegerField(
        _("conversations at a time of its own"), null=True, blank=True
    )
    own_storage_bytes = models.PositiveBigIntegerField(_("storage of its own, bytes"), null=True, blank=True)
    own_retention_days = models.PositiveIntegerField(_("retention of its own, days"), null=True, blank=True)

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(company_id__gte=10_000_000, company_id__lte=99_999_999),
                name="company_id_has_eight_digits",
            ),
            models.CheckConstraint(
                condition=models.Q(own_seats__isnull=True) | models.Q(own_seats__gte=1),
                name="a_company_has_a_seat",
            ),
            models.CheckConstraint(
                condition=models.Q(suspended_at__isnull=True, suspension_reason="")
                | (models.Q(suspended_at__isnull=False) & ~models.Q(suspension_reason="")),
                name="a_suspension_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.company_id})"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_established(self) -> bool:
        """Confirmed, or still within the time the mail's link may take."""
        return self.is_confirmed or timezone.now() < self.created_at + CONFIRMATION_PERIOD

    @property
    def closure(self) -> Closure | None:
        """Why its agents cannot work now, if so. Its websites show it as offline meanwhile."""
        if self.suspended_at is not None:
            return Closure(Why.SUSPENDED, self.suspended_at)
        over = [closure for closure in self._ends() if closure.since <= timezone.now()]
        return min(over, key=lambda closure: closure.since, default=None)

    @property
    def next_end(self) -> Closure | None:
        """What closes it next by itself, while it is open."""
        return min(self._ends(), key=lambda closure: closure.since, default=None)

    def _ends(self) -> list[Closure]:
        ends = []
        if self.trial_ends_at is not None:
            ends.append(Closure(Why.TRIAL_OVER, self.trial_ends_at))
        if self.paid_until is not None:
            ends.append(Closure(Why.UNPAID, self.paid_until + GRACE))
        return ends

    @property
    def is_in_grace(self) -> bool:
        """Open although what is paid is over."""
        is_over = self.paid_until is not None and self.paid_until <= timezone.now()
        return is_over and self.closure is None

    @property
    def is_usable(self) -> bool:
        """Established, and neither suspended nor past the end of its trial or of what is paid."""
        return self.is_established and self.closure is None

    def allows(self, function: str) -> bool:
        """Whether the plan includes this function."""
        return self.plan is None or function in self.plan.functions

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def entered(self) -> AbstractContextManager[None]:
        """The company's schema, for everything inside the `with`."""
        return context.entered(self.schema_name, self)


class Domain(tenant_models.DomainMixin):
    """A domain of a company's own."""
