import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import paths
from accounts.access import AgentRequest, requires
from accounts.capabilities import Capability
from accounts.forms.agent_import import RowsForm, UploadForm
from accounts.services import agent_imports
from accounts.views.agents import tell
from core import tabular
from core.errors import DomainError

_SAMPLE = (
    "email,agent_id,name,role,groups,language,telephone\r\nli.lei@example.com,lilei,Li Lei,agent,,en,\r\n"
)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.MANAGE_AGENTS)
def upload(request: AgentRequest, company_id: int) -> HttpResponse:
    """The table is judged row by row; nothing happens before the preview is agreed to."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        try:
            lines = agent_imports.lines(tabular.read(form.cleaned_data["file"].read(tabular.MOST_BYTES + 1)))
        except DomainError as trouble:
            tell(form, trouble)
        else:
            return _preview(request, lines)
    return render(request, "accounts/agents/import.html", {"form": form})


@require_POST
@requires(Capability.MANAGE_AGENTS)
def carry_out(request: AgentRequest, company_id: int) -> HttpResponse:
    """All of them are invited, or, where a row is wrong now, nobody."""
    form = RowsForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["rows"])))
        return redirect("accounts:agent-import", company_id)
    rows, origin = form.cleaned_data["rows"], paths.origin(request)
    try:
        invited = agent_imports.carry_out(request.company, rows, by=request.user, origin=origin)
    except DomainError as trouble:
        messages.error(request, trouble.message)
        return _preview(request, rows)
    words = ngettext(
        "%(count)d invitation is on its way.", "%(count)d invitations are on their way.", len(invited)
    )
    messages.success(request, words % {"count": len(invited)})
    return redirect("accounts:agents", company_id)


@require_safe
@requires(Capability.MANAGE_AGENTS)
def sample(request: AgentRequest, company_id: int) -> HttpResponse:
    """A table to fill in."""
    # The mark at the beginning tells Excel how the letters are meant.
    response = HttpResponse("\ufeff" + _SAMPLE, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="agents.csv"'
    return response


def _preview(request: AgentRequest, lines: list[dict[str, str]]) -> HttpResponse:
    rows = agent_imports.judge(lines, request.user)
    facts = {
        "rows": rows,
        "bad": [row for row in rows if row.problems],
        "form": RowsForm(initial={"rows": json.dumps(lines, ensure_ascii=False)}),
    }
    return render(request, "accounts/agents/import_preview.html", facts)
