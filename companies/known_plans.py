"""A company's plan without asking the database each time, for what pages merely show of it."""

import time

from companies.models import Company, Plan

#: Seconds after which a plan is asked for again.
FRESH_FOR = 30.0

#: By key, with the time at which it was asked for. There are as many as the operator has made.
_known: dict[int, tuple[float, Plan]] = {}


def of(company: Company) -> Plan | None:
    """At most FRESH_FOR seconds old; which plan it is that the company has, is never old."""
    if company.plan_id is None:
        return None
    asked_at, plan = _known.get(company.plan_id, (0.0, None))
    now = time.monotonic()
    if plan is None or now - asked_at > FRESH_FOR:
        plan = Plan.objects.get(pk=company.plan_id)
        _known[company.plan_id] = now, plan
    return plan
