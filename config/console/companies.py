"""Companies in the operator's console: find one, see how it is, and do what its state calls for."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import operators, paths
from accounts.services import audit, sign_up
from companies import limits
from companies.models import Company, OperatorVisit
from companies.models.company import GRACE
from companies.services import migrations
from config.console import deeds, entering, vitals
from config.console.company_form import NewCompany
from core.admin import Admin
from core.tenancy import context


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(_STATES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Company]) -> QuerySet[Company]:
        now = timezone.now()
        match self.value():
            case "suspended":
                return queryset.filter(suspended_at__isnull=False)
            case "over":
                return queryset.filter(trial_ends_at__lte=now) | queryset.filter(paid_until__lte=now - GRACE)
            case "grace":
                return queryset.filter(paid_until__lte=now, paid_until__gt=now - GRACE, suspended_at=None)
            case "trial":
                return queryset.filter(trial_ends_at__gt=now, suspended_at=None)
            case "unconfirmed":
                return queryset.filter(confirmed_at=None)
        return queryset


class BehindFilter(admin.SimpleListFilter):
    title = _("schema")
    parameter_name = "behind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("behind"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Company]) -> QuerySet[Company]:
        if self.value() != "1":
            return queryset
        return queryset.filter(schema_name__in=[one.schema for one in migrations.companies_behind()])


_STATES = {
    "suspended": _("suspended"),
    "over": _("trial or paid time is over"),
    "grace": _("not paid, still open"),
    "trial": _("on trial"),
    "unconfirmed": _("not confirmed"),
}


class CompanyAdmin(Admin):
    """To delete a company is not offered here."""

    adds = True
    form = NewCompany
    list_display = ("name", "company_id", "plan", "state", "created_at")
    list_select_related = ("plan",)
    list_filter = (StateFilter, BehindFilter, "plan")
    search_fields = ("name", "email", "=company_id")
    ordering = ("-created_at",)
    change_form_before_template = "console/company_deeds.html"
    readonly_fields = (
        "company_id", "name", "email", "contact_person", "telephone", "website", "language_name", "time_zone",
        "created_at", "confirmed_at", "plan", "plan_since", "trial_ends_at", "paid_until", "state",
        "suspended_at", "suspension_reason", "usage", "health",
    )  # fmt: skip

    def get_fieldsets(self, request: HttpRequest, obj: Company | None = None) -> Any:
        if obj is None:
            return [(None, {"fields": list(NewCompany.base_fields)})]
        return [
            (None, {"fields": ["company_id", "name", "state", "usage", "health"]}),
            (_("Plan"), {"fields": ["plan", "plan_since", "trial_ends_at", "paid_until"]}),
            (_("Suspension"), {"fields": ["suspended_at", "suspension_reason"]}),
            (
                _("Company"),
                {
                    "fields": [
                        "email", "contact_person", "telephone", "website", "language_name", "time_zone",
                        "created_at", "confirmed_at",
                    ]
                },
            ),
        ]  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Company | None = None) -> Any:
        return () if obj is None else self.readonly_fields

    def add(self, request: HttpRequest, values: Mapping[str, Any]) -> Company:
        with transaction.atomic():
            company, _administrator = sign_up.open_company(**values, origin=paths.origin(request))
            # In the company's own log it stands already.
            with context.entered(context.PUBLIC):
                audit.record("company.opened", company)
        return company

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<int:pk>/{deed.name}/",
                self.admin_site.admin_view(deeds.page(self.admin_site, deed)),
                name=f"company-{deed.name}",
            )
            for deed in deeds.DEEDS
        ]
        enter = path(
            "<int:pk>/enter/",
            self.admin_site.admin_view(entering.page(self.admin_site)),
            name="company-enter",
        )
        on_visit = path(
            "<int:pk>/visit/<slug:place>/",
            self.admin_site.admin_view(entering.on_visit),
            name="company-visit",
        )
        return [*own, enter, on_visit, *super().get_urls()]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        extra = {
            **(extra_context or {}),
            "deeds": list(self._deeds(object_id)),
            "own_visit": _visit(request, object_id),
            "show_save": object_id is None,
        }
        return super().changeform_view(request, object_id, form_url, extra)

    def _deeds(self, object_id: str | None) -> Iterator[deeds.Deed]:
        is_number = object_id is not None and object_id.isdecimal()
        company = self.get_queryset(None).filter(pk=object_id).first() if is_number else None
        return (deed for deed in deeds.DEEDS if company is not None and deed.is_for(company))

    @admin.display(description=_("language"))
    def language_name(self, company: Company) -> str:
        return str(dict(settings.LANGUAGES)[company.language])

    @admin.display(description=_("state"), ordering=F("suspended_at").asc(nulls_last=True))
    def state(self, company: Company) -> str:
        return str(_state(company))

    @admin.display(description=_("usage"))
    def usage(self, company: Company) -> SafeString:
        found = _vitals(company)
        rows = [
            (one.limit.label, *_amounts(one)) for one in found.figures if one.limit != limits.Limit.RETENTION
        ]
        return render_to_string("console/usage.html", {"rows": rows, "missing": found.missing})

    @admin.display(description=_("health"))
    def health(self, company: Company) -> SafeString:
        return render_to_string("console/company_health.html", {"vitals": _vitals(company)})


def _visit(request: HttpRequest, object_id: str | None) -> OperatorVisit | None:
    """This operator's own, under way in the company that is looked at."""
    operator = operators.of(request)
    if operator is None or object_id is None or not object_id.isdecimal():
        return None
    return entering.under_way(operator, int(object_id))


def _vitals(company: Company) -> vitals.Vitals:
    """Asked once for a page that tells of it twice."""
    if not hasattr(company, "vitals"):
        company.vitals = vitals.of(company)
    found: vitals.Vitals = company.vitals
    return found


def _state(company: Company) -> str | Promise:
    closure = company.closure
    if closure is not None:
        return closure.why.label
    if company.next_end is not None and company.is_in_grace:
        until = formats.date_format(timezone.localtime(company.next_end.since), "SHORT_DATETIME_FORMAT")
        return gettext("not paid, open until %(until)s") % {"until": until}
    if company.trial_ends_at is not None:
        return _STATES["trial"]
    return _("active") if company.is_established else _STATES["unconfirmed"]


def _amounts(figure: limits.Figure) -> tuple[str, str, int]:
    """Used and allowed, as people read them."""
    is_storage = figure.limit == limits.Limit.STORAGE
    told = filesizeformat if is_storage else lambda number: formats.number_format(number, force_grouping=True)
    return told(figure.used), "" if figure.most is None else told(figure.most), figure.percent
