"""Rows of the public schema that are only looked at. What has deeds is in config/console/."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from companies.models import SchemaUpdate
from core.admin import Admin


class OperatorVisitAdmin(Admin):
    list_display = ("company", "operator_name", "reason", "begins_at", "ends_at", "ended_at")
    list_select_related = ("company",)
    search_fields = ("company__name", "operator_name", "reason")
    ordering = ("-begins_at",)
    fields = ("company", "operator_name", "reason", "begins_at", "ends_at", "ended_at")


class SchemaUpdateAdmin(Admin):
    list_display = ("company", "state", "started_at", "finished_at", "short_error")
    list_select_related = ("company",)
    list_filter = ("state",)
    search_fields = ("company__name",)
    ordering = ("-started_at",)

    @admin.display(description=_("error"))
    def short_error(self, update: SchemaUpdate) -> str:
        return update.error[:120]
