"""Plans, edited by the operator. What companies have of one changes with it at once."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.services import offers
from companies.models import Company, Plan
from core.admin import Admin, RowForm


class PlanForm(RowForm):
    class Meta:
        model = Plan
        # Not `functions`: nothing asks for any of them yet.
        fields = (
            "code", "name", "name_zh_hans", "seats", "conversations", "storage_bytes", "retention_days",
            "billing", "trial_days", "is_default", "is_public",
        )  # fmt: skip


class PlanAdmin(Admin):
    """No plan is deleted: it is taken off the offer, and companies that have it keep it."""

    adds = changes = True
    form = PlanForm
    fields = PlanForm.Meta.fields
    list_display = (
        "name",
        "code",
        "seats",
        "conversations",
        "billing",
        "is_default",
        "is_public",
        "companies",
    )
    ordering = ("pk",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if obj is None else ("code",)

    @admin.display(description=_("companies"))
    def companies(self, plan: Plan) -> int:
        return Company.objects.filter(plan=plan).count()

    def add(self, request: HttpRequest, values: Mapping[str, Any]) -> Plan:
        return offers.add(**values)

    def change(self, request: HttpRequest, row: Plan, values: Mapping[str, Any]) -> None:
        offers.change(row, **values)
