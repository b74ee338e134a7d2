"""Where people are signed in, and from where they may be."""

from django.http import HttpRequest

from accounts.models import AddressRule
from accounts.services import address_rules
from core.admin import Admin


class SignInAdmin(Admin):
    """The key of a session is nobody's business."""

    list_display = ("agent", "began_at", "seen_at", "address", "method")
    list_select_related = ("agent",)
    search_fields = ("agent__name", "agent__agent_id")
    ordering = ("-seen_at",)
    fields = ("agent", "began_at", "seen_at", "address", "user_agent", "method")


class AddressRuleAdmin(Admin):
    """They are added in the settings, which say whom a network would shut out."""

    deletes = True
    list_display = ("network", "remark", "created_at")
    ordering = ("network",)

    def delete(self, request: HttpRequest, row: AddressRule) -> None:
        address_rules.remove(row, present=request.META.get("REMOTE_ADDR", ""))
