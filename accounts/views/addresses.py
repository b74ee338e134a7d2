from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import addresses
from accounts.access import AgentRequest, requires
from accounts.capabilities import Capability
from accounts.forms.address_rule import AddressRuleForm
from accounts.models import AddressRule
from accounts.services import address_rules
from core.errors import DomainError


@require_safe
@requires(Capability.MANAGE_SETTINGS)
def index(request: AgentRequest, company_id: int) -> HttpResponse:
    rules = list(AddressRule.objects.order_by("created_at", "pk"))
    around = address_rules.overlaps(rule.network for rule in rules)
    here = _here(request)
    facts = {
        "rules": [_row(rule, around, here) for rule in rules],
        "here": here,
        "is_here_listed": addresses.within(here, [rule.network for rule in rules]),
        "most": address_rules.AT_MOST,
    }
    return render(request, "accounts/addresses/index.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.MANAGE_SETTINGS)
def new(request: AgentRequest, company_id: int) -> HttpResponse:
    first = {"network": request.GET.get("network", "")[:60]}
    form = AddressRuleForm(request.POST or None, initial=first)
    if form.is_valid():
        after = [*address_rules.networks(), form.cleaned_data["network"]]
        return _carry_out(request, form, after, lambda facts: address_rules.add(**facts))
    return render(request, "accounts/addresses/edit.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.MANAGE_SETTINGS)
def edit(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    rule = get_object_or_404(AddressRule, pk=pk)
    before = {"network": addresses.shown(rule.network), "remark": rule.remark}
    form = AddressRuleForm(request.POST or None, initial=before)
    if form.is_valid():
        others = [one for one in address_rules.networks() if one != rule.network]
        after = [*others, form.cleaned_data["network"]]
        return _carry_out(request, form, after, lambda facts: address_rules.edit(rule, **facts), rule)
    return render(request, "accounts/addresses/edit.html", {"form": form, "rule": rule})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.MANAGE_SETTINGS)
def remove(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    """Asks first, naming whose sessions end."""
    rule = get_object_or_404(AddressRule, pk=pk)
    after = [one for one in address_rules.networks() if one != rule.network]
    if request.method == "POST":
        try:
            address_rules.remove(rule, present=_here(request), is_last="is_last" in request.POST)
        except DomainError as trouble:
            messages.error(request, trouble.message)
        else:
            messages.success(request, _("Removed."))
        return redirect("accounts:addresses", company_id)
    facts = {
        "rule": rule,
        "shown": addresses.shown(rule.network),
        "is_last": not after,
        "going": address_rules.would_go(after),
    }
    return render(request, "accounts/addresses/remove.html", facts)


def _carry_out(
    request: AgentRequest,
    form: AddressRuleForm,
    after: list[str],
    deed: Callable[[dict[str, Any]], AddressRule],
    rule: AddressRule | None = None,
) -> HttpResponse:
    """At once where nobody's session ends by it, else once that was seen."""
    typed = form.cleaned_data
    is_confirmed = typed.pop("confirmed")
    page = {"form": form, "rule": rule}
    going = [] if is_confirmed else address_rules.would_go(after)
    try:
        address_rules.check_present(_here(request), after)
        if going:
            return render(request, "accounts/addresses/confirm.html", page | {"going": going, "typed": typed})
        saved = deed({**typed, "present": _here(request)})
    except DomainError as trouble:
        form.add_error(trouble.field, trouble.message)
        return render(request, "accounts/addresses/edit.html", page)
    messages.success(request, _("Saved. It holds at once."))
    _tell_of_overlap(request, saved)
    return redirect("accounts:addresses", request.company.company_id)


def _tell_of_overlap(request: AgentRequest, saved: AddressRule) -> None:
    around = address_rules.overlaps(address_rules.networks()).get(saved.network)
    if around:
        facts = {"inner": addresses.shown(saved.network), "outer": addresses.shown(around)}
        messages.info(
            request, _("%(inner)s lies within %(outer)s, so by itself it allows nothing more.") % facts
        )


def _row(rule: AddressRule, around: dict[str, str], here: str) -> dict[str, Any]:
    return {
        "rule": rule,
        "shown": addresses.shown(rule.network),
        "around": addresses.shown(around.get(rule.network, "")),
        "is_here": addresses.within(here, [rule.network]),
    }


def _here(request: AgentRequest) -> str:
    return addresses.canonical(request.META.get("REMOTE_ADDR", ""))
