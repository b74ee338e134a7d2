"""Which plan a company has, until when, and whether it is suspended."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from companies import errors, signals
from companies.models import Company, Plan
from companies.services import alarms
from core.tenancy import context

#: The kind of alarm that looks whether a trial, or what is paid, is over.
END = "companies.end"
_SUBJECT = "plan"
_FIELDS = (
    "plan", "plan_since", "trial_ends_at", "paid_until", "suspended_at", "suspension_reason",
    "own_seats", "own_conversations", "own_storage_bytes", "own_retention_days",
)  # fmt: skip


def begin(company: Company) -> None:
    """What a new company begins with; it is saved, and then watched, by whoever makes it."""
    plan = Plan.objects.get(is_default=True)
    company.plan = plan
    company.plan_since = timezone.now()
    if plan.trial_days is not None:
        company.trial_ends_at = company.plan_since + datetime.timedelta(days=plan.trial_days)


def watch(company: Company) -> None:
    """Have an alarm ring when a trial, or what is paid, ends."""
    end = company.next_end
    if end is not None:
        alarms.set_alarm(company, END, _SUBJECT, end.since)


def change(company: Company, *, to: Plan, paid_until: datetime.datetime | None = None) -> Company:
    """Another plan from now on, which ends a trial. Whoever uses more than it allows keeps that, and gets no more."""
    _make_sure_is_paid(company, paid_until)
    with _changing(company, "company.plan_changed") as changed:
        changed.plan = to
        changed.plan_since = timezone.now()
        changed.trial_ends_at = None
        changed.paid_until = paid_until
    return changed


def extend_trial(company: Company, *, until: datetime.datetime) -> Company:
    _make_sure_is_to_come(until)
    with _changing(company, "company.trial_extended") as changed:
        changed.trial_ends_at = until
    return changed


def set_paid_until(company: Company, until: datetime.datetime | None) -> Company:
    """Paid until then; None: for as long as it has the plan."""
    _make_sure_is_paid(company, until)
    with _changing(company, "company.paid_until_changed") as changed:
        changed.paid_until = until
    return changed


def set_limits(
    company: Company,
    *,
    seats: int | None,
    conversations: int | None,
    storage_bytes: int | None,
    retention_days: int | None,
) -> Company:
    """Limits of the company's own; None: as its plan says."""
    with _changing(company, "company.limits_changed") as changed:
        changed.own_seats = seats
        changed.own_conversations = conversations
        changed.own_storage_bytes = storage_bytes
        changed.own_retention_days = retention_days
    return changed


def suspend(company: Company, *, reason: str) -> Company:
    """Its agents can only see why, from this moment on; its websites show it as offline."""
    if not reason.strip():
        raise errors.ReasonMissing
    with _changing(company, "company.suspended", note=reason) as changed:
        changed.suspended_at = changed.suspended_at or timezone.now()
        changed.suspension_reason = reason.strip()
    return changed


def resume(company: Company) -> Company:
    """As if it had never been suspended. Harmless to repeat."""
    with _changing(company, "company.resumed") as changed:
        changed.suspended_at = None
        changed.suspension_reason = ""
    return changed


def look_whether_over(subject: str) -> datetime.datetime | None:
    """The alarm's handler: close the company if its time is over, else come again at its end."""
    company = Company.objects.get(schema_name=context.schema())
    end = company.next_end
    if end is None or end.since > timezone.now():
        return end.since if end else None
    signals.company_closed.send(Company, company=company)
    return None


@contextmanager
def _changing(company: Company, action: str, note: str = "") -> Iterator[Company]:
    """The row as it is now, for change; saved, watched and told afterwards."""
    with transaction.atomic():
        changed = (
            Company.objects.select_for_update(no_key=True, of=("self",))
            .select_related("plan")
            .get(pk=company.pk)
        )
        before, was_closed = _facts(changed), changed.closure is not None
        yield changed
        changed.save(update_fields=_FIELDS)
        watch(changed)
        with changed.entered():
            _tell(changed, action, note, before)
            _tell_whether_open(changed, was_closed)
    # Whoever holds the row as it was goes on with it as it is.
    for field in _FIELDS:
        setattr(company, field, getattr(changed, field))


def _tell(company: Company, action: str, note: str, before: dict[str, Any]) -> None:
    after = _facts(company)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changes:
        signals.plan_changed.send(Company, company=company, action=action, changes=changes, note=note)


def _tell_whether_open(company: Company, was_closed: bool) -> None:
    is_closed = company.closure is not None
    if is_closed and not was_closed:
        signals.company_closed.send(Company, company=company)
    elif was_closed and not is_closed:
        signals.company_reopened.send(Company, company=company)


def _facts(company: Company) -> dict[str, Any]:
    """As the audit log keeps them."""
    values = {name: getattr(company, name) for name in _FIELDS if name != "plan_since"}
    return {
        name: value if value is None or isinstance(value, int) else str(value)
        for name, value in values.items()
    }


def _make_sure_is_paid(company: Company, until: datetime.datetime | None) -> None:
    """A day that is over would close the company without a word of why. What stands there already may stay."""
    if until is not None and until != company.paid_until and until <= timezone.now():
        raise errors.PaidUntilOver


def _make_sure_is_to_come(at: datetime.datetime) -> None:
    if at <= timezone.now():
        raise errors.NotInFuture
