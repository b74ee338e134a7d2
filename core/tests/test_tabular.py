import io
import zipfile

import pytest

from core import tabular
from core.errors import TableTooLarge, TableUnreadable

TABLE = [["email", "name"], ["bob@acme.example", "Bob"], ["li@acme.example", "李雷"]]

SHEET = """<?xml version="1.0" encoding="UTF-8"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>email</t></is></c><c r="B1" t="inlineStr"><is><t>telephone</t></is></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><t>bob@acme.example</t></is></c><c r="B2"><v>57112345</v></c></row>
</sheetData></worksheet>"""
WORKBOOK = """<?xml version="1.0" encoding="UTF-8"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="Agents" sheetId="1" r:id="rId1"/></sheets></workbook>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="worksheets/sheet1.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>"""


TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/></Types>"""
ROOT = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="xl/workbook.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"""


def workbook(**more):
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/worksheets/sheet1.xml": SHEET,
        **more,
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_as_spreadsheets_write_it(separator, encoding, end):
    text = end.join(separator.join(row) for row in TABLE) + end
    assert tabular.read(text.encode(encoding)) == TABLE


def test_cells_with_quotes_and_lines_in_them():
    assert tabular.read(b'email,name\nb@x.example,"Bob, ""the"" agent"\n')[1][1] == 'Bob, "the" agent'


def test_empty_rows_and_space_around_are_left_out():
    assert tabular.read(b"email,name\n,\n\n  bob@acme.example , Bob \n") == TABLE[:2]


def test_xlsx():
    assert tabular.read(workbook()) == [["email", "telephone"], ["bob@acme.example", "57112345"]]


def test_nothing():
    assert tabular.read(b"") == []


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04 nothing of it is true", b"\xff\xfe\x00\x01", b'a,"b\n', b"a\x00b,c\n"]
)
def test_what_is_no_table(data):
    with pytest.raises(TableUnreadable):
        tabular.read(data)


def test_too_large():
    with pytest.raises(TableTooLarge):
        tabular.read(b"x" * (tabular.MOST_BYTES + 1))


def sheet(rows, **more):
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return workbook(**{"xl/worksheets/sheet1.xml": f"{head}{rows}</sheetData></worksheet>", **more})


def texts(*words):
    head = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return {"xl/sharedStrings.xml": f"{head}{''.join(f'<si>{one}</si>' for one in words)}</sst>"}


SHARED = RELATIONS.replace(
    "</Relationships>",
    """<Relationship Id="rId2" Target="/xl/sharedStrings.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>""",
)


def test_texts_that_cells_name_by_number():
    named = texts("<t>email</t>", "<r><t>Li </t></r><r><t>Lei</t></r><rPh><t>li</t></rPh>")
    rows = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="str"><f>A1</f><v>so</v></c></row>'
    data = sheet(rows, **named, **{"xl/_rels/workbook.xml.rels": SHARED})
    assert tabular.read(data) == [["email", "Li Lei", "so"]]


def test_cells_and_rows_that_are_left_out():
    rows = '<row r="2"><c r="B2"><v>1.5</v></c></row><row r="4"><c r="A4"><v>1e10</v></c></row>'
    assert tabular.read(sheet(rows)) == [["", "1.5"], ["10000000000", ""]]


@pytest.mark.parametrize(
    "rows",
    [
        # A reader that lays out all between them takes 700 GB, and is ended with the whole process.
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="ALL1"><v>1</v></c></row>',
        "<row><c><v>1</v></c></row>" * 6_000,
    ],
)
def test_cells_far_apart(rows):
    with pytest.raises(TableTooLarge):
        tabular.read(sheet(rows))


def test_one_long_text_again_and_again():
    rows = "<row>" + '<c t="s"><v>0</v></c>' * 150 + "</row>"
    named = texts(f"<t>{'x' * 1_000_000}</t>")
    with pytest.raises(TableTooLarge):
        tabular.read(sheet(rows, **named, **{"xl/_rels/workbook.xml.rels": SHARED}))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="1"><c r="1A"><v>1</v></c></row>',
        '<row><c t="s"><v>7</v></c></row>',
        "<row><c><v>no number</v></c></row>",
        "<row><c><v>inf</v></c></row>",
        "<row",
    ],
)
def test_what_no_program_writes(rows):
    with pytest.raises(TableUnreadable):
        tabular.read(sheet(rows))


def test_words_that_grow():
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with pytest.raises(TableUnreadable):
        tabular.read(workbook(**{"xl/worksheets/sheet1.xml": entities + SHEET.partition("?>")[2]}))


def test_a_small_file_that_unpacks_to_much():
    bomb = sheet(" " * 50_000_000)
    assert len(bomb) < tabular.MOST_BYTES
    with pytest.raises(TableTooLarge):
        tabular.read(bomb)


def test_one_that_says_it_were_small():
    bomb = sheet(" " * 50_000_000)
    size = next(
        one.file_size for one in zipfile.ZipFile(io.BytesIO(bomb)).infolist() if one.file_size > 50_000_000
    )
    declared, told = size.to_bytes(4, "little"), (1_000).to_bytes(4, "little")
    with pytest.raises(TableUnreadable):
        tabular.read(bomb.replace(declared, told))
