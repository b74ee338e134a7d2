"""Plans as the operator makes and changes them. Those of the companies that have one change with it at once."""

from typing import Any

from django.db import IntegrityError, transaction

from accounts.services import audit
from companies import errors
from companies.models import Plan
from core.tenancy import context


@transaction.atomic
def add(**values: Any) -> Plan:
    with context.entered(context.PUBLIC):
        plan = Plan(**values)
        _save(plan)
        audit.record("plan.added", plan)
    return plan


@transaction.atomic
def change(plan: Plan, **values: Any) -> Plan:
    with context.entered(context.PUBLIC):
        plan = Plan.objects.select_for_update().get(pk=plan.pk)
        changes = audit.apply(plan, **values)
        if "is_default" in changes and not plan.is_default:
            # New companies have to begin with something.
            raise errors.NoDefaultPlan
        if changes:
            _save(plan)
            audit.record("plan.changed", plan, changes)
    return plan


def _save(plan: Plan) -> None:
    """New companies begin with one plan: the one before is it no more."""
    if plan.is_default:
        Plan.objects.filter(is_default=True).exclude(pk=plan.pk).update(is_default=False)
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError:
        raise errors.PlanNameTaken from None
