"""Agents' rows as the admin shows them: a company's own, and what operators did."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts import audit_words
from accounts.models import AddressRule, Agent, AuditEntry, Group, Notice, Role, SignIn
from core.admin import Admin, Rows


class AuditAdmin(Admin):
    """Read-only even where everything else can be changed: the database refuses it too."""

    list_display = ("at", "by", "what", "subject_name", "note")
    list_filter = ("by_kind",)
    search_fields = ("action", "by_name", "subject_name", "note")
    ordering = ("-at", "-id")
    fields = ("at", "by", "address", "what", "action", "subject_kind", "subject_name", "what_changed", "note")
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


class AgentAdmin(Admin):
    """Their people. They are added and edited in the settings, where rights and seats are looked after."""

    list_display = ("agent_id", "name", "email", "role", "is_active", "last_login")
    list_select_related = ("role",)
    list_filter = ("is_active", "role")
    search_fields = ("agent_id", "name", "email")
    ordering = ("agent_id",)
    fields = (
        "agent_id",
        "name",
        "email",
        "telephone",
        "role",
        "language",
        "is_active",
        "last_login",
        "created_at",
    )


class RoleAdmin(Admin):
    list_display = ("__str__", "kind")
    ordering = ("kind", "name")
    fields = ("kind", "name", "capabilities")


class GroupAdmin(Admin):
    list_display = ("name", "description", "position")
    search_fields = ("name",)
    ordering = ("position", "name")
    fields = ("name", "description", "position", "agents")


class NoticeAdmin(Admin):
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


class SignInAdmin(Admin):
    """Where people are signed in; the key of a session is nobody's business."""

    list_display = ("agent", "began_at", "seen_at", "address", "method")
    list_select_related = ("agent",)
    search_fields = ("agent__name", "agent__agent_id")
    ordering = ("-seen_at",)
    fields = ("agent", "began_at", "seen_at", "address", "user_agent", "method")


class AddressRuleAdmin(Admin):
    list_display = ("network", "remark", "created_at")
    ordering = ("network",)


#: What a company's own admin shows of this app.
COMPANY_ROWS: Rows = {
    Agent: (AgentAdmin, "person"),
    Role: (RoleAdmin, "badge"),
    Group: (GroupAdmin, "group"),
    Notice: (NoticeAdmin, "campaign"),
    SignIn: (SignInAdmin, "login"),
    AddressRule: (AddressRuleAdmin, "lan"),
    AuditEntry: (AuditAdmin, "history"),
}
