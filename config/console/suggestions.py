"""What agents of companies tell and ask the operator, and the answers."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import operators
from companies.models import Suggestion
from companies.services import suggestions
from core.admin import Admin, RowForm


class AnsweredFilter(admin.SimpleListFilter):
    title = _("answer")
    parameter_name = "answered"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("0", _("to be answered")), ("1", _("answered"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
        return queryset if self.value() is None else queryset.filter(answered_at__isnull=self.value() == "0")


class AnswerForm(RowForm):
    class Meta:
        model = Suggestion
        fields = ("answer",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = True


class SuggestionAdmin(Admin):
    changes = True
    form = AnswerForm
    list_display = ("created_at", "company", "agent_name", "kind", "text", "answered_at")
    list_select_related = ("company",)
    list_filter = (AnsweredFilter, "kind")
    search_fields = ("company__name", "agent_name", "text", "answer")
    ordering = ("-created_at",)
    readonly_fields = (
        "company", "agent_name", "kind", "language", "created_at", "text", "answered_by", "answered_at",
    )  # fmt: skip
    fields = (*readonly_fields[:6], "answer", *readonly_fields[6:])

    def change(self, request: HttpRequest, row: Suggestion, values: Mapping[str, Any]) -> None:
        operator = operators.of(request)
        assert operator is not None
        suggestions.answer(row, by=operator.name, text=values["answer"])
