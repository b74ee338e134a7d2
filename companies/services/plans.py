"""Which plan a company has."""

import datetime

from django.utils import timezone

from companies.models import Company, Plan


def begin(company: Company) -> None:
    """What a new company begins with; it is saved by whoever makes it."""
    plan = Plan.objects.get(is_default=True)
    company.plan = plan
    company.plan_since = timezone.now()
    if plan.trial_days is not None:
        company.trial_ends_at = company.plan_since + datetime.timedelta(days=plan.trial_days)
