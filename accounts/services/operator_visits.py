"""Operators inside companies: only with a reason, for a limited time, and told to the company's audit log.

See docs/decisions/0071-operators-only-look.md.
"""

import datetime

from django.core import signing
from django.db import transaction
from django.utils import timezone

from accounts import errors
from accounts.models import Agent
from accounts.services import audit
from companies.models import Company, OperatorVisit
from core.tenancy import context

USUAL = datetime.timedelta(minutes=30)
LONGEST = datetime.timedelta(hours=4)
_SALT = "accounts.operator-visit"


@transaction.atomic
def begin(
    company: Company, *, operator: Agent, reason: str, lasts: datetime.timedelta = USUAL
) -> OperatorVisit:
    """Only one at a time in a company: an earlier one of this operator ends."""
    reason = " ".join(reason.split())
    if not reason:
        raise errors.VisitWithoutReason
    if not datetime.timedelta() < lasts <= LONGEST:
        raise errors.VisitTooLong
    for earlier in company.operator_visits.under_way().filter(operator_pk=operator.pk):
        end(earlier)
    now = timezone.now()
    visit = OperatorVisit.objects.create(
        company=company,
        operator_pk=operator.pk,
        operator_name=operator.name,
        reason=reason[:500],
        begins_at=now,
        ends_at=now + lasts,
    )
    _tell(visit, "operator.entered", changes={"ends_at": [None, visit.ends_at.isoformat()]})
    return visit


@transaction.atomic
def end(visit: OperatorVisit) -> None:
    """Before its time; harmless where it is over."""
    ended = OperatorVisit.objects.filter(pk=visit.pk, ended_at=None).update(ended_at=timezone.now())
    if ended and visit.is_under_way:
        _tell(visit, "operator.left")


def token_of(visit: OperatorVisit) -> str:
    """What the operator's browser shows below the company's admin."""
    return signing.dumps([visit.pk, visit.company.company_id, visit.operator_pk], salt=_SALT)


def read(token: str, company: Company) -> OperatorVisit | None:
    """The visit that the token is of, if it is of this company and still under way. Asked at each request."""
    try:
        pk, company_id, operator_pk = signing.loads(token, salt=_SALT, max_age=LONGEST)
    except (signing.BadSignature, ValueError):
        return None
    if company_id != company.company_id:
        return None
    with context.entered(context.PUBLIC):
        if not Agent.objects.active().filter(pk=operator_pk).exists():
            return None
        visits = company.operator_visits.under_way().filter(pk=pk, operator_pk=operator_pk)
        return visits.select_related("company").first()


def _tell(visit: OperatorVisit, action: str, changes: audit.Changes | None = None) -> None:
    """In the company's audit log, and in the operators' own."""
    with visit.company.entered():
        audit.record(action, visit, changes, note=visit.reason)
    with context.entered(context.PUBLIC):
        audit.record(action, visit.company, changes, note=visit.reason)
