"""The operator's console at /operator/: rows of the public schema, and deeds upon them."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import operators
from accounts.admin import OperatorAuditAdmin
from accounts.models import AuditEntry
from companies.admin import OperatorVisitAdmin, SchemaUpdateAdmin
from companies.models import Company, OperatorVisit, Plan, SchemaUpdate, Suggestion
from config.console import companies, operator_rows, plans, suggestions
from config.console.models import Operator
from config.console.views import health, operator_sign_in
from core.admin import Link, Site


class OperatorSite(Site):
    site_title = _("Operator's console")
    site_header = _("Operator's console")
    index_title = _("Operator's console")

    def turned_away(self, request: HttpRequest) -> HttpResponseBase | None:
        if operators.of(request) is None:
            query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
            return HttpResponseRedirect(f"{reverse('operator-sign-in')}?{query}".rstrip("?"))
        if not operators.is_verified(request):
            return HttpResponseRedirect(reverse("operator-second-step"))
        return None

    def may_change(self, request: HttpRequest) -> bool:
        return operators.is_verified(request)

    def navigation(self, request: HttpRequest) -> list[tuple[str | Promise, list[Link]]]:
        return [
            (
                _("Companies"),
                [
                    self.rows_link(Company, "domain"),
                    self.rows_link(Plan, "sell"),
                    self.rows_link(Suggestion, "lightbulb"),
                    self.rows_link(OperatorVisit, "badge"),
                ],
            ),
            (
                _("Installation"),
                [
                    Link(_("Health"), reverse("admin:health", current_app=self.name), "monitor_heart"),
                    self.rows_link(SchemaUpdate, "database"),
                    self.rows_link(Operator, "shield_person"),
                    self.rows_link(AuditEntry, "history"),
                ],
            ),
        ]

    def own_links(self, request: HttpRequest) -> list[Link]:
        return [Link(_("Change password"), reverse("operator-password"))]

    def language_url(self, request: HttpRequest) -> str:
        return reverse("accounts:language")

    def own_urls(self) -> list[URLPattern]:
        return [path("health/", self.admin_view(health.health), name="health")]

    def logout(self, request: HttpRequest, extra_context: object = None) -> HttpResponseBase:
        return operator_sign_in.sign_out(request)


site = OperatorSite("operator")
site.register(Company, companies.CompanyAdmin)
site.register(Plan, plans.PlanAdmin)
site.register(Suggestion, suggestions.SuggestionAdmin)
site.register(OperatorVisit, OperatorVisitAdmin)
site.register(SchemaUpdate, SchemaUpdateAdmin)
site.register(Operator, operator_rows.OperatorAdmin)
site.register(AuditEntry, OperatorAuditAdmin)
