import datetime
import zoneinfo
from contextlib import AbstractContextManager

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tenants import models as tenant_models

from core.tenancy import context

#: How long a company may be used before the mail's link confirms it.
CONFIRMATION_PERIOD = datetime.timedelta(days=7)


def schema_name(company_id: int) -> str:
    return f"c_{company_id}"


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

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(company_id__gte=10_000_000, company_id__lte=99_999_999),
                name="company_id_has_eight_digits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.company_id})"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_usable(self) -> bool:
        """Confirmed, or still within the time the mail's link may take."""
        return self.is_confirmed or timezone.now() < self.created_at + CONFIRMATION_PERIOD

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def entered(self) -> AbstractContextManager[None]:
        """The company's schema, for everything inside the `with`."""
        return context.entered(self.schema_name, self)


class Domain(tenant_models.DomainMixin):
    """A domain of a company's own."""
