from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import AgentRequest, requires
from accounts.capabilities import Capability
from chat.services import balance


class Figure(NamedTuple):
    """A column of the balance, with what it says and where it comes from."""

    name: str
    label: Promise
    meaning: Promise
    #: Anything but zero is trouble.
    is_trouble: bool = False


FIGURES = (
    Figure(
        "sent",
        _("Sent"),
        _(
            "Messages that reached us, each counted once however often a browser repeated it: "
            "acknowledged or refused with a reason. Counted by the processes that answer."
        ),
    ),
    Figure(
        "acknowledged",
        _("Acknowledged"),
        _("The sender was told that it is stored. Counted by the same processes, apart from the records."),
    ),
    Figure("stored", _("Stored"), _("What the conversations’ records hold now, counted there.")),
    Figure("delivered", _("Delivered"), _("Stored, and the other side’s browser has said that it has it.")),
    Figure("seen", _("Seen"), _("Stored, and the other side’s browser has said that it was looked at.")),
    Figure("lost", _("Lost"), _("Acknowledged but not stored, or a number is missing in a record."), True),
    Figure("doubled", _("Doubled"), _("Stored twice under the name its sender gave it."), True),
    Figure(
        "out_of_order",
        _("Out of order"),
        _("Acknowledged under a lower number than what the same person said before."),
        True,
    ),
)


@require_safe
@requires(Capability.SUPERVISE)
def index(request: AgentRequest, company_id: int) -> HttpResponse:
    """What was sent, stored and seen, and what was lost; compared while one waits, unless one only visits."""
    found = (balance.as_compared if request.user.visit else balance.current)(request.company)
    facts = {
        "balance": found,
        "days": balance.DAYS,
        "figures": _shown(found.total),
        "rows": [(day, _shown(day)) for day in found.days],
        "total": {name: f"{value:,}" for name, value in found.total.figures.items()},
        "conversations": f"{found.total.conversations:,}",
        "zone": request.company.zone,
    }
    return render(request, "chat/balance.html", facts)


class Shown(NamedTuple):
    figure: Figure
    value: str
    is_wrong: bool


def _shown(day: balance.Day) -> list[Shown]:
    values = [(figure, day.figures[figure.name]) for figure in FIGURES]
    return [Shown(figure, f"{value:,}", figure.is_trouble and value > 0) for figure, value in values]
