"""A company's own admin at /c/<company id>/admin/: rows of its schema, and nothing of the public one."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.admin import COMPANY_ROWS as ACCOUNTS
from accounts.models import Agent
from accounts.services import sign_ins
from chat.admin import COMPANY_ROWS as CHAT
from companies.requests import CompanyRequest
from core.admin import Link, Rows, Site
from widgets.admin import COMPANY_ROWS as WIDGETS

GROUPS = ((_("People"), ACCOUNTS), (_("Website"), WIDGETS), (_("Conversations"), CHAT))


class CompanySite(Site):
    """Who may enter was decided at the door (company_door.py), which each of its pages is behind."""

    site_title = _("Records")
    site_header = _("Records")
    index_title = _("Records")

    def turned_away(self, request: HttpRequest) -> HttpResponseBase | None:
        if isinstance(request.user, Agent) and request.user.is_administrator:
            return None
        raise RuntimeError("This page is not behind the door.")

    def may_change(self, request: HttpRequest) -> bool:
        return isinstance(request.user, Agent) and request.user.is_administrator and not request.user.visit

    def navigation(self, request: HttpRequest) -> list[tuple[str | Promise, list[Link]]]:
        return [(title, list(self._links(rows))) for title, rows in GROUPS]

    def _links(self, rows: Rows) -> Iterator[Link]:
        return (self.rows_link(model, icon) for model, (_admin, icon) in rows.items())

    def own_links(self, request: HttpRequest) -> list[Link]:
        workspace: str = request.workspace_url  # type: ignore[attr-defined]
        return [Link(_("To the workspace"), workspace)]

    def language_url(self, request: HttpRequest) -> str:
        language_url: str = request.language_url  # type: ignore[attr-defined]
        return language_url

    def each_context(self, request: HttpRequest) -> dict[str, object]:
        company, visit = request.company, request.user.visit  # type: ignore[attr-defined, union-attr]
        return {
            **super().each_context(request),
            "site_subheader": company.name,
            "visit": visit,
            "leave_url": request.leave_url,  # type: ignore[attr-defined]
        }

    def logout(self, request: CompanyRequest, extra_context: object = None) -> HttpResponseBase:
        if request.method == "POST" and isinstance(request.user, Agent):
            sign_ins.sign_out(request.user, request.session)
        return HttpResponseRedirect(request.sign_in_url)  # type: ignore[attr-defined]


site = CompanySite("company")
for _title, _rows in GROUPS:
    for _model, (_admin_class, _icon) in _rows.items():
        site.register(_model, _admin_class)
