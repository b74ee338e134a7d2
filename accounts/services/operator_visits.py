"""Operators inside companies: only with a reason, for a limited time, and told to the company's audit log.

See docs/decisions/0075-an-operator-looks-at-the-workspace.md.
"""

import datetime

from django.core import signing
from django.db import transaction
from django.utils import timezone

from accounts import errors, signals
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
        with visit.company.entered():
            signals.visit_ended.send(OperatorVisit, visit=visit)


def token_of(visit: OperatorVisit) -> str:
    """What the operator's browser shows to the company's pages."""
    return signing.dumps([visit.pk, visit.company.company_id, visit.operator_pk], salt=_SALT)


def read(token: str, company: Company) -> OperatorVisit | None:
    """The visit that the token is of, if it is of this company and still under way. Asked at each request."""
    try:
        pk, company_id, _operator_pk = signing.loads(token, salt=_SALT, max_age=LONGEST)
    except (signing.BadSignature, ValueError):
        return None
    return find(pk, company_id) if company_id == company.company_id else None


def find(pk: int, company_id: int) -> OperatorVisit | None:
    """This visit to this company, while it is under way and its operator may operate."""
    with context.entered(context.PUBLIC):
        visits = OperatorVisit.objects.under_way().filter(pk=pk, company__company_id=company_id)
        visit = visits.select_related("company").first()
        if visit is None or not Agent.objects.active().filter(pk=visit.operator_pk).exists():
            return None
        return visit


def _tell(visit: OperatorVisit, action: str, changes: audit.Changes | None = None) -> None:
    """In the company's audit log, and in the operators' own."""
    with visit.company.entered():
        audit.record(action, visit, changes, note=visit.reason)
    with context.entered(context.PUBLIC):
        audit.record(action, visit.company, changes, note=visit.reason)
