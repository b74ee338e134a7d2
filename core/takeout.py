"""Tables that people take along: CSV as spreadsheets read it, or JSON, an object a line. Made and sent part by part,
so that a long one takes no more memory than a short one."""

import csv
import io
import json
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse

from core.errors import FilesUnderWay

Rows = Iterable[Sequence[Any]]

#: What begins a formula in a spreadsheet; where Chinese is written, in full width too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

#: Files under way at once where each takes a thread: whoever reads slowly keeps it from all pages.
AT_ONCE = 3
_places = threading.BoundedSemaphore(AT_ONCE)

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/x-ndjson"}


def text(form: str, columns: Sequence[str], parts: Iterable[Rows]) -> Iterator[str]:
    """The file's text, one piece for each part."""
    if form == "csv":
        # Without the mark, Excel takes Chinese for something else.
        yield "\ufeff" + _as_csv([columns])
    for rows in parts:
        yield _as_csv(rows) if form == "csv" else _as_json(columns, rows)


def response(
    request: HttpRequest, name: str, form: str, make: Callable[[], Iterator[str]]
) -> StreamingHttpResponse:
    """The file `name.form`, to be kept. Raises FilesUnderWay before any of it is made."""
    # An ASGI server would have all pieces made before it sends the first.
    content = _one_by_one(make()) if isinstance(request, ASGIRequest) else _Placed(make)
    answer = StreamingHttpResponse(content, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


class _Placed:
    """Pieces that take one of the places until the server closes them, sent or not."""

    def __init__(self, make: Callable[[], Iterator[str]]) -> None:
        self._place = _places if _places.acquire(blocking=False) else None
        if self._place is None:
            raise FilesUnderWay
        self._pieces = make()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return next(self._pieces)

    def close(self) -> None:
        place, self._place = self._place, None
        if place is not None:
            place.release()

    __del__ = close


async def _one_by_one(pieces: Iterator[str]) -> AsyncIterator[str]:
    while (piece := await _next(pieces)) is not None:
        yield piece


@sync_to_async
def _next(pieces: Iterator[str]) -> str | None:
    try:
        return next(pieces, None)
    finally:
        # Back to the pool: whoever reads slowly keeps it from nobody.
        connection.close()


def _as_csv(rows: Rows) -> str:
    page = io.StringIO()
    csv.writer(page).writerows([_cell(value) for value in row] for row in rows)
    return page.getvalue()


def _as_json(columns: Sequence[str], rows: Rows) -> str:
    objects = (dict(zip(columns, row, strict=True)) for row in rows)
    return "".join(json.dumps(one, ensure_ascii=False, default=str) + "\n" for one in objects)


def _cell(value: Any) -> str:
    """Words that a table would take for a formula are kept as words."""
    if value is None:
        return ""
    words = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
    return f"'{words}" if words.startswith(_FORMULA) else words
