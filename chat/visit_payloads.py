"""Visits as agents see them."""

import datetime
from typing import Any

from protocol import events, payloads
from widgets.models import Visit, Visitor


def on_board(visit: Visit) -> payloads.BoardVisitor:
    """Somebody who has left."""
    return payloads.BoardVisitor(
        visitor=str(visit.visitor_id),
        page=payloads.Page(url=visit.page_url, title=visit.page_title),
        entered_at=_time(visit.began_at),
        left_at=_time(visit.end or visit.last_seen_at),
        name=visit.visitor.name,
        visits=visit.number,
        pages=visit.pages,
        language=visit.language,
        ip=visit.ip or "",
        carrier=visit.carrier,
        **_facts(visit),
    )


def of_visit(visit: Visit) -> payloads.Visit:
    return payloads.Visit(
        began_at=_time(visit.began_at),
        ended_at=_time(visit.end) if visit.end else None,
        page=payloads.Page(url=visit.entry_url, title=visit.entry_title),
        pages=visit.pages,
        **_facts(visit),
    )


def of_visitor(visitor: Visitor, visits: list[Visit]) -> events.VisitorOpened:
    return events.VisitorOpened(
        visitor=str(visitor.pk),
        name=visitor.name,
        first_seen_at=_time(visitor.first_seen_at),
        visits_in_all=visitor.visits,
        visits=[of_visit(visit) for visit in visits],
    )


def _facts(visit: Visit) -> dict[str, Any]:
    return {
        "place": payloads.Place(country=visit.country, province=visit.province, city=visit.city),
        "browser": visit.browser,
        "system": visit.system,
        "device": visit.device,
        "source": payloads.Source(
            kind=visit.source_kind,  # type: ignore[arg-type]
            name=visit.source_name,
            words=visit.source_words,
        ),
    }


def _time(moment: datetime.datetime) -> int:
    return int(moment.timestamp() * 1000)
