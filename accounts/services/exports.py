"""Taking data of a company along as files."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from accounts.exports import Kind
from accounts.services import audit
from companies.models import Company
from core import takeout

#: Rows read at once: all that a file needs of memory, however long it is.
_AT_ONCE = 2_000


def export(company: Company, kind: Kind, form: str) -> Iterator[str]:
    """Everything of this kind, piece by piece; that somebody takes it along stands in the audit log."""
    audit.record("data.exported", note=urlencode({"file": kind.name, "format": form}))
    return takeout.text(form, list(kind.columns), _parts(company, kind))


def _parts(company: Company, kind: Kind) -> Iterator[list[tuple[Any, ...]]]:
    last = None
    while rows := _behind(last, company, kind):
        last = rows[-1][0]
        yield [row[1:] for row in rows]


def _behind(last: Any, company: Company, kind: Kind) -> list[tuple[Any, ...]]:
    """The company is entered anew each time: while an answer is sent, one is not in it any more."""
    with company.entered():
        rows = kind.rows().order_by("pk")
        if last is not None:
            rows = rows.filter(pk__gt=last)
        return list(rows.values_list("pk", *kind.columns.values())[:_AT_ONCE])
