"""Makers for tests."""

import itertools
from typing import Any

from companies.models import Company, Plan

_numbers = itertools.count(1)


def make_plan(**facts: Any) -> Plan:
    number = next(_numbers)
    return Plan.objects.create(**{"code": f"plan-{number}", "name": f"Plan {number}", **facts})


def put_on(company: Company, **limits: Any) -> Plan:
    """A plan of its own with these limits, written past the services."""
    plan = make_plan(name="Small", name_zh_hans="小型版", **limits)
    Company.objects.filter(pk=company.pk).update(plan=plan)
    company.plan = plan
    return plan
