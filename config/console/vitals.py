"""How a company is: what it uses, when somebody last was there, what is late. Asked when its page is opened."""

import datetime
from typing import NamedTuple

from django.db.models import Max, Q
from django.utils import timezone

from chat.models import Conversation, Entry
from companies import limits
from companies.models import Alarm, Company
from companies.services import migrations
from core.tenancy import context
from widgets.models import Visit


class Vitals(NamedTuple):
    #: What its schema lacks; empty where it is up to date. Nothing else is asked of one that is behind.
    missing: str
    figures: list[limits.Figure]
    last_visit_at: datetime.datetime | None = None
    last_message_at: datetime.datetime | None = None
    alarms_late: int = 0


def of(company: Company) -> Vitals:
    if missing := _missing(company):
        return Vitals(missing, [])
    with company.entered():
        visited = Visit.objects.order_by("-id").values_list("last_seen_at", flat=True).first()
        said = _last_message_at()
    with context.entered(context.PUBLIC):
        # A ring a second: what is a minute late is late.
        late = timezone.now() - datetime.timedelta(minutes=1)
        overdue = Alarm.objects.filter(company=company, due_at__lt=late).count()
    figures = [limits.figure(company, limit) for limit in limits.Limit]
    return Vitals("", figures, visited, said, overdue)


def _last_message_at() -> datetime.datetime | None:
    """In the newest conversations and those under way: no index leads to it through all there ever were."""
    newest = Conversation.objects.order_by("-id").values("pk")[:20]
    said = Entry.objects.filter(kind=Entry.Kind.TEXT).filter(
        Q(conversation__in=newest) | Q(conversation__state=Conversation.State.ACTIVE)
    )
    at: datetime.datetime | None = said.aggregate(at=Max("created_at"))["at"]
    return at


def _missing(company: Company) -> str:
    behind = migrations.company_behind(company.schema_name)
    return behind.leads_to if behind else ""
