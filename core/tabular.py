"""Tables that people bring along: CSV as spreadsheets write it, and XLSX. Read in memory, never stored."""

import csv
import io

from core import workbooks
from core.errors import TableTooLarge, TableUnreadable

MOST_BYTES = 2_000_000
#: Excel writes the second where Windows speaks Chinese.
_ENCODINGS = ("utf-8-sig", "gb18030")


def read(data: bytes) -> list[list[str]]:
    """The rows of the first sheet, each cell as words; rows without any are left out."""
    if len(data) > MOST_BYTES:
        raise TableTooLarge
    rows = workbooks.first_sheet(data) if data.startswith(b"PK") else _csv(data)
    stripped = [[cell.strip() for cell in row] for row in rows]
    return [row for row in stripped if any(row)]


def _csv(data: bytes) -> list[list[str]]:
    text = _decoded(data)
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        raise TableUnreadable from None


def _decoded(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise TableUnreadable
