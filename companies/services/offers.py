"""Plans as the operator makes and changes them."""

from typing import Any

from django.db import IntegrityError, transaction

from companies import errors
from companies.models import Plan


@transaction.atomic
def add(**values: Any) -> Plan:
    plan = Plan(**values)
    _save(plan)
    return plan


@transaction.atomic
def change(plan: Plan, **values: Any) -> dict[str, list[Any]]:
    """Holds at once for all companies that have it. Returns field to [before, after]."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    changes = {}
    for name, after in values.items():
        before = getattr(plan, name)
        if before != after:
            changes[name] = [before, after]
            setattr(plan, name, after)
    if plan.is_default is False and "is_default" in changes:
        # New companies have to begin with something.
        raise errors.NoDefaultPlan
    _save(plan)
    return changes


def _save(plan: Plan) -> None:
    """New companies begin with one plan: the one before is it no more."""
    if plan.is_default:
        Plan.objects.filter(is_default=True).exclude(pk=plan.pk).update(is_default=False)
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError:
        raise errors.PlanNameTaken from None
