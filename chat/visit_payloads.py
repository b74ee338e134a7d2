"""Visits as agents see them."""

import datetime

from protocol import events, payloads
from widgets.models import Visit, Visitor


def of_visit(visit: Visit) -> payloads.Visit:
    return payloads.Visit(
        began_at=_time(visit.began_at),
        ended_at=_time(visit.end) if visit.end else None,
        page=payloads.Page(url=visit.entry_url, title=visit.entry_title),
        pages=visit.pages,
        place=payloads.Place(country=visit.country, province=visit.province, city=visit.city),
        browser=visit.browser,
        system=visit.system,
        device=visit.device,  # type: ignore[arg-type]
        source=payloads.Source(
            kind=visit.source_kind,  # type: ignore[arg-type]
            name=visit.source_name,
            words=visit.source_words,
        ),
    )


def of_visitor(visitor: Visitor, visits: list[Visit]) -> events.VisitorOpened:
    return events.VisitorOpened(
        visitor=str(visitor.pk),
        name=visitor.name,
        first_seen_at=_time(visitor.first_seen_at),
        visits_in_all=visitor.visits,
        visits=[of_visit(visit) for visit in visits],
    )


def _time(moment: datetime.datetime) -> int:
    return int(moment.timestamp() * 1000)
