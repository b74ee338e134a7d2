"""The audit log in both admins."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts import audit_words
from accounts.models import AuditEntry
from core.admin import Admin


class AuditAdmin(Admin):
    """Read-only even where everything else can be changed: the database refuses it too."""

    list_display = ("at", "by", "what", "about", "note")
    list_filter = ("by_kind",)
    search_fields = ("action", "by_name", "subject_name", "note")
    ordering = ("-at", "-id")
    fields = ("at", "by", "address", "what", "action", "subject_kind", "about", "what_changed", "note")
    readonly_fields = fields

    @admin.display(description=_("by"), ordering="by_name")
    def by(self, entry: AuditEntry) -> str:
        return (
            f"{entry.by_name} ({entry.get_by_kind_display()})"
            if entry.by_name
            else entry.get_by_kind_display()
        )

    @admin.display(description=_("what"), ordering="action")
    def what(self, entry: AuditEntry) -> str:
        return audit_words.of_action(entry.action)

    @admin.display(description=_("subject name"), ordering="subject_name")
    def about(self, entry: AuditEntry) -> str:
        return audit_words.subject_of(entry)

    @admin.display(description=_("changes"))
    def what_changed(self, entry: AuditEntry) -> SafeString | str:
        lines = format_html_join(
            "", "<tr><td>{}</td><td>{}</td><td>{}</td></tr>", audit_words.changes_of(entry)
        )
        if not lines:
            return "–"
        return format_html('<table class="console-log"><tbody>{}</tbody></table>', lines)


class OperatorAuditAdmin(AuditAdmin):
    """What operators did; what they did in a company stands in its own log too."""
