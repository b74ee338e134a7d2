"""What a company's plan allows, and the page for one that is closed."""

from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts import access, exports, plan_words, support
from accounts.capabilities import Capability
from accounts.services import sign_in_settings
from companies import limits
from companies.limits import Limit
from companies.models import Plan
from companies.models.company import GRACE


@require_safe
@access.requires(Capability.EDIT_COMPANY)
def plan(request: access.AgentRequest, company_id: int) -> HttpResponse:
    """Every limit, how much of it is used, and what happens when it is met."""
    company = request.company
    facts = {
        "plan": company.plan,
        "figures": plan_words.figures(company),
        "retention": plan_words.amount(Limit.RETENTION, limits.most(company, Limit.RETENTION)),
        "end": company.next_end,
        "grace_days": GRACE.days,
        "limits": list(Limit),
        "offers": [_Offer.of(one) for one in Plan.objects.on_offer()],
        "support": support.contact(),
    }
    return render(request, "accounts/plan.html", facts)


@require_safe
@access.signed_in(even_unconfirmed=True, even_seeing=True, even_with_given_password=True)
def closed(request: access.AgentRequest, company_id: int) -> HttpResponse:
    """Why nothing else can be opened, and what can be taken along; it leads on as soon as all is well."""
    closure = request.company.closure
    if closure is None:
        return redirect("chat:workspace", company_id)
    kinds = exports.open_to(request.user)
    lacks_step = bool(kinds) and sign_in_settings.lacks_second_step(request.user)
    facts = {
        "why": closure.why.value,
        "since": closure.since,
        "support": support.contact(),
        "kinds": [] if lacks_step else kinds,
        "lacks_second_step": lacks_step,
    }
    response = render(request, "accounts/closed.html", facts)
    if not facts["kinds"]:
        # Where there is something to press, a page that loads itself anew would take the keyboard's place away.
        response["Refresh"] = "10"
    return response


class _Offer(NamedTuple):
    """A plan that the company may have."""

    plan: Plan
    amounts: list[tuple[Limit, str]]

    @classmethod
    def of(cls, plan: Plan) -> "_Offer":
        return cls(plan, [(limit, plan_words.amount(limit, getattr(plan, limit.value))) for limit in Limit])
