"""The first sheet of an XLSX workbook, piece by piece within bounds.

A workbook of a kilobyte may claim cells a million rows apart, or repeat one long text a million times: a reader that
lays the sheet out whole is ended by the system for want of memory, and everybody else's requests with it.
"""

import io
import math
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from core.errors import TableTooLarge, TableUnreadable

#: Bytes of one part, unpacked.
_MOST_UNPACKED = 10_000_000
_MOST_ELEMENTS = 500_000
_MOST_ROWS = 5_000
_MOST_COLUMNS = 200
#: Of all cells together.
_MOST_LETTERS = 5_000_000
#: What readers of such files have to know; others can be made to take memory without end.
_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")

Element = ElementTree.Element
Rows = dict[int, dict[int, str]]


def first_sheet(data: bytes) -> list[list[str]]:
    """Each cell as words. Raises TableTooLarge or TableUnreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _laid_out(_rows(*_parts(archive)))
    except (zipfile.BadZipFile, ElementTree.ParseError, ValueError, OSError, RuntimeError, LookupError):
        raise TableUnreadable from None


def _parts(archive: zipfile.ZipFile) -> tuple[bytes, list[str]]:
    """The first sheet, and the texts that its cells name by number."""
    book = _related(archive, "")["officeDocument"]
    sheet = next(one for one in _elements(_part(archive, book)) if _name(one) == "sheet")
    place = next(value for key, value in sheet.items() if key.endswith("}id"))
    related = _related(archive, book)
    texts = _part(archive, related["sharedStrings"]) if "sharedStrings" in related else b"<none/>"
    return _part(archive, related[place]), [_text(one) for one in _elements(texts) if _name(one) == "si"]


def _related(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """The parts that a part names, by what they are and by their names there."""
    folder, name = posixpath.split(part)
    found = {}
    for one in _elements(_part(archive, posixpath.join(folder, "_rels", f"{name}.rels"))):
        if _name(one) == "Relationship":
            place = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
            found[one.get("Type", "").rpartition("/")[2]] = found[one.get("Id", "")] = place
    return found


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    part = archive.getinfo(name)
    if part.compress_type not in _PACKED:
        raise TableUnreadable
    with archive.open(part) as file:
        content = file.read(_MOST_UNPACKED + 1)
    if len(content) > _MOST_UNPACKED:
        raise TableTooLarge
    return content


def _elements(xml: bytes) -> Iterator[Element]:
    """Each once it is complete. Rows are forgotten when the next one is asked for."""
    if b"<!DOCTYPE" in xml:
        # No program writes one, and entities could be made to grow.
        raise TableUnreadable
    parser = ElementTree.XMLParser(encoding="utf-8")  # noqa: S314 - without a DOCTYPE there is nothing to attack with
    found = ElementTree.iterparse(io.BytesIO(xml), ("end",), parser)  # noqa: S314
    for number, (_event, element) in enumerate(found):
        if number > _MOST_ELEMENTS:
            raise TableTooLarge
        yield element
        if _name(element) in {"row", "si"}:
            element.clear()


def _rows(sheet: bytes, texts: list[str]) -> Rows:
    rows: Rows = {}
    letters = number = 0
    for row in (one for one in _elements(sheet) if _name(one) == "row"):
        number = int(row.get("r") or number + 1)
        cells = rows.setdefault(_within(number, _MOST_ROWS), {})
        for cell in row:
            column = _column(cell.get("r"), after=max(cells, default=0))
            cells[_within(column, _MOST_COLUMNS)] = words = _words(cell, texts)
            letters = _within(letters + len(words) + 1, _MOST_LETTERS, least=0)
    return rows


def _laid_out(rows: Rows) -> list[list[str]]:
    width = max((max(cells, default=0) for cells in rows.values()), default=0)
    return [[rows[number].get(column, "") for column in range(1, width + 1)] for number in sorted(rows)]


def _within(number: int, most: int, least: int = 1) -> int:
    if number < least:
        raise TableUnreadable
    if number > most:
        raise TableTooLarge
    return number


def _column(place: str | None, *, after: int) -> int:
    if place is None:
        return after + 1
    found = _PLACE.fullmatch(place)
    if found is None:
        raise TableUnreadable
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _words(cell: Element, texts: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell)
    value = next((one.text or "" for one in cell if _name(one) == "v"), "")
    if kind == "s":
        return texts[int(value)] if value.isdecimal() else ""
    return _number(value) if kind == "n" and value else value


def _number(value: str) -> str:
    """A whole number as people typed it: XLSX knows fractions only."""
    number = float(value)
    if not math.isfinite(number):
        raise TableUnreadable
    return str(int(number)) if number.is_integer() else str(number)


def _text(element: Element) -> str:
    """Its words, in runs of different looks perhaps, without how they are pronounced."""
    if _name(element) == "rPh":
        return ""
    own = element.text or "" if _name(element) == "t" else ""
    return own + "".join(map(_text, element))


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
