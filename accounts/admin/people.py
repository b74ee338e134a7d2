"""Agents, their roles and groups, and what they are told."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest

from accounts.models import Agent, Group, Notice
from accounts.services import agents, groups, notices
from core.admin import Admin, RowForm


class _Version(RowForm):
    """What the page showed: of two who edit at the same time the second is told."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AgentForm(_Version):
    class Meta:
        model = Agent
        fields = ("name", "email", "telephone", "role", "is_active", "version")


class AgentAdmin(Admin):
    """They are added and invited in the settings, where rights are told in words."""

    changes = deletes = True
    form = AgentForm
    list_display = ("agent_id", "name", "email", "role", "is_active", "last_login", "deleted_at")
    list_select_related = ("role",)
    list_filter = ("is_active", "role")
    search_fields = ("agent_id", "name", "email")
    ordering = ("agent_id",)
    readonly_fields = ("agent_id", "language", "last_login", "created_at", "deleted_at")
    fields = ("agent_id", *AgentForm.Meta.fields, *readonly_fields[1:])

    def has_change_permission(self, request: HttpRequest, obj: Agent | None = None) -> bool:
        """Who is deleted stays as they were."""
        return super().has_change_permission(request, obj) and (obj is None or obj.deleted_at is None)

    def has_delete_permission(self, request: HttpRequest, obj: Agent | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.deleted_at is None)

    def change(self, request: HttpRequest, row: Agent, values: Mapping[str, Any]) -> None:
        by: Any = request.user
        facts = {name: value for name, value in values.items() if name not in {"version", "is_active"}}
        agents.edit(row, by=by, version=values["version"], **facts)
        if values["is_active"] != row.is_active:
            (agents.enable if values["is_active"] else agents.disable)(row, by=by)

    def delete(self, request: HttpRequest, row: Agent) -> None:
        by: Any = request.user
        agents.delete(row, by=by)


class RoleAdmin(Admin):
    """Roles are made in the settings, which say in words what each may do."""

    list_display = ("__str__", "kind")
    ordering = ("kind", "name")
    fields = ("kind", "name", "capabilities")


class GroupForm(_Version):
    class Meta:
        model = Group
        fields = ("name", "description", "agents", "version")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].required = bool(self.instance.pk)


class GroupAdmin(Admin):
    adds = changes = deletes = True
    form = GroupForm
    list_display = ("name", "description", "position")
    search_fields = ("name",)
    ordering = ("position", "name")
    fields = GroupForm.Meta.fields

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_manytomany(
            db_field, request, queryset=Agent.objects.existing(), **kwargs
        )

    def add(self, request: HttpRequest, values: Mapping[str, Any]) -> Group:
        return groups.add(**_without_version(values))

    def change(self, request: HttpRequest, row: Group, values: Mapping[str, Any]) -> None:
        groups.edit(row, seen=values["version"], **_without_version(values))

    def delete(self, request: HttpRequest, row: Group) -> None:
        groups.delete(row)


class NoticeAdmin(Admin):
    """They are written in the notices' own pages, which show whom they reach."""

    deletes = True
    list_display = ("title", "author", "audience", "starts_at", "ends_at", "withdrawn_at")
    list_select_related = ("author",)
    search_fields = ("title", "text")
    ordering = ("-starts_at",)
    fields = (
        "title",
        "text",
        "audience",
        "groups",
        "agents",
        "author",
        "starts_at",
        "ends_at",
        "withdrawn_at",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(deleted_at=None)

    def delete(self, request: HttpRequest, row: Notice) -> None:
        notices.delete(row)


def _without_version(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "version"}
