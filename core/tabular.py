"""Tables that people bring along: CSV as spreadsheets write it, and XLSX. Read in memory, never stored."""

import csv
import io
import zipfile

from python_calamine import CalamineError, CalamineWorkbook

from core.errors import TableTooLarge, TableUnreadable

MOST_BYTES = 2_000_000
#: What a workbook may unpack to: a small file can be made to hold gigabytes.
_MOST_UNPACKED = 40_000_000
#: Excel writes the second where Windows speaks Chinese.
_ENCODINGS = ("utf-8-sig", "gb18030")


def read(data: bytes) -> list[list[str]]:
    """The rows of the first sheet, each cell as words; rows without any are left out."""
    if len(data) > MOST_BYTES:
        raise TableTooLarge
    rows = _workbook(data) if data.startswith(b"PK") else _csv(data)
    stripped = [[cell.strip() for cell in row] for row in rows]
    return [row for row in stripped if any(row)]


def _workbook(data: bytes) -> list[list[str]]:
    try:
        _check_unpacked(data)
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        return [[_words(cell) for cell in row] for row in sheet.to_python()]
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError):
        raise TableUnreadable from None


def _check_unpacked(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(one.file_size for one in archive.infolist()) > _MOST_UNPACKED:
            raise TableTooLarge
        # Reads no more than is declared, and finds out who has declared too little.
        if archive.testzip() is not None:
            raise TableUnreadable


def _words(cell: object) -> str:
    """A whole number as people typed it: XLSX knows fractions only."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


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
