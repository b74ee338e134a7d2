"""Conversations and what belongs to them, as a company's own admin shows them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from chat.models import ChatSettings, Conversation, OfflineMessage, Presence, StatusPeriod
from chat.services import offline_messages
from core.admin import Admin, RowForm, Rows

#: Entries that are shown of one conversation: the newest.
_ENTRIES = 1000


class ConversationAdmin(Admin):
    """The log is what was said: nobody changes it afterwards."""

    list_display = ("id", "visitor", "agent", "state", "requested_at", "accepted_at", "ended_at")
    list_select_related = ("visitor", "agent")
    list_filter = ("state", "agent")
    search_fields = ("visitor__name", "agent__name", "=id")
    ordering = ("-id",)
    fields = (
        "visitor", "agent", "state", "page_url", "page_title", "requested_at", "accepted_at", "ended_at", "ended_by",
        "log",
    )  # fmt: skip
    readonly_fields = fields

    @admin.display(description=_("log"))
    def log(self, conversation: Conversation) -> SafeString:
        newest = conversation.entries.order_by("-number")[:_ENTRIES]
        rows = (
            (
                entry.number,
                date_format(timezone.localtime(entry.created_at), "SHORT_DATETIME_FORMAT"),
                entry.author or entry.get_side_display(),
                entry.text or entry.get_kind_display(),
            )
            for entry in reversed(newest)
        )
        lines = format_html_join("", '<tr><td>{}</td><td>{}</td><td>{}</td><td dir="auto">{}</td></tr>', rows)
        return format_html('<table class="console-log"><tbody>{}</tbody></table>', lines)


class ReadForm(RowForm):
    is_read = forms.BooleanField(label=_("read"), required=False)

    class Meta:
        model = OfflineMessage
        fields: tuple[str, ...] = ()


class OfflineMessageAdmin(Admin):
    changes = True
    form = ReadForm
    list_display = ("created_at", "name", "email", "text", "read_at", "read_by")
    list_select_related = ("read_by",)
    search_fields = ("name", "email", "text")
    ordering = ("-created_at", "-id")
    readonly_fields = (
        "visitor", "name", "email", "text", "page_url", "page_title", "created_at", "read_at", "read_by",
    )  # fmt: skip

    def get_fields(self, request: HttpRequest, obj: OfflineMessage | None = None) -> Any:
        """Whoever has read it can't be made not to have."""
        is_open = obj is not None and obj.read_at is None and self.has_change_permission(request, obj)
        return (*self.readonly_fields, "is_read") if is_open else self.readonly_fields

    def change(self, request: HttpRequest, row: OfflineMessage, values: Mapping[str, Any]) -> None:
        if values.get("is_read"):
            offline_messages.mark_read(row, by=request.user)  # type: ignore[arg-type]


class PresenceAdmin(Admin):
    list_display = ("agent", "status", "changed_at", "active_at")
    list_select_related = ("agent",)
    list_filter = ("status",)
    ordering = ("agent__name",)


class StatusPeriodAdmin(Admin):
    list_display = ("agent", "status", "reason", "began_at", "ended_at")
    list_select_related = ("agent",)
    list_filter = ("status", "reason")
    ordering = ("-pk",)


class ChatSettingsAdmin(Admin):
    """They are changed in the settings, where each says what it does."""

    list_display = ("__str__",)


#: What a company's own admin shows of this app.
COMPANY_ROWS: Rows = {
    Conversation: (ConversationAdmin, "forum"),
    OfflineMessage: (OfflineMessageAdmin, "inbox"),
    StatusPeriod: (StatusPeriodAdmin, "schedule"),
    Presence: (PresenceAdmin, "person_check"),
    ChatSettings: (ChatSettingsAdmin, "tune"),
}
