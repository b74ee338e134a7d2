"""Visitors and their visits, as a company's own admin shows them."""

from core.admin import Admin, Rows
from widgets.models import PageView, Visit, Visitor


class VisitorAdmin(Admin):
    list_display = ("id", "name", "email", "language", "visits", "first_seen_at", "last_seen_at")
    search_fields = ("name", "email")
    ordering = ("-first_seen_at",)
    fields = ("id", "name", "email", "language", "visits", "first_seen_at", "last_seen_at")


class VisitAdmin(Admin):
    list_display = ("visitor", "number", "began_at", "ended_at", "pages", "country", "city", "source_kind")
    list_select_related = ("visitor",)
    list_filter = ("source_kind", "device")
    search_fields = ("visitor__name", "ip")
    ordering = ("-id",)


class PageViewAdmin(Admin):
    list_display = ("at", "title", "url", "visit")
    list_select_related = ("visit",)
    search_fields = ("url", "title")
    ordering = ("-pk",)


#: What a company's own admin shows of this app.
COMPANY_ROWS: Rows = {
    Visitor: (VisitorAdmin, "group"),
    Visit: (VisitAdmin, "footprint"),
    PageView: (PageViewAdmin, "description"),
}
