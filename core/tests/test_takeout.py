"""Tables that people take along are right in spreadsheets and programs, and are made part by part."""

import csv
import io
import json

import pytest
from django.core.handlers.asgi import ASGIRequest
from django.test import RequestFactory

from core import takeout
from core.errors import FilesUnderWay

COLUMNS = ["name", "words"]


def table(*parts):
    whole = "".join(takeout.text("csv", COLUMNS, parts))
    return list(csv.reader(io.StringIO(whole.removeprefix("\ufeff"), newline="")))


def test_a_spreadsheet_finds_a_head_and_a_line_for_each_row():
    assert table([("李雷", "a,b"), ("Vera", 'two\n"lines"')], [("Walter", None)]) == [
        COLUMNS,
        ["李雷", "a,b"],
        ["Vera", 'two\n"lines"'],
        ["Walter", ""],
    ]


def test_excel_is_told_that_it_is_unicode():
    assert next(takeout.text("csv", COLUMNS, [])).startswith("\ufeff")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_words_are_no_formulas(start):
    assert table([("Vera", f"{start}1+1")])[1][1].startswith(f"'{start}")


def test_what_is_false_or_nothing_is_told_apart_from_what_is_not_there():
    assert table([(False, 0), (["b", "ä"], {"a": 1})])[1:] == [["False", "0"], ['["b", "ä"]', '{"a": 1}']]


def test_programs_find_an_object_a_line():
    lines = "".join(takeout.text("json", COLUMNS, [[("李雷", None)], [("Vera", ["=1"])]])).splitlines()
    assert [json.loads(line) for line in lines] == [
        {"name": "李雷", "words": None}, {"name": "Vera", "words": ["=1"]},
    ]  # fmt: skip


def test_no_part_is_asked_for_before_the_one_before_it_is_sent():
    asked = []

    def parts():
        for number in range(3):
            asked.append(number)
            yield [(number, "")]

    answer = takeout.response(
        RequestFactory().get("/"), "file", "json", lambda: takeout.text("json", COLUMNS, parts())
    )
    assert answer["Content-Disposition"] == 'attachment; filename="file.json"'
    assert asked == []
    next(iter(answer))
    assert asked == [0]


@pytest.mark.django_db
def test_who_reads_slowly_leaves_threads_to_others():
    made = []

    def make():
        made.append(1)
        return iter("ab")

    def take():
        return takeout.response(RequestFactory().get("/"), "file", "json", make)

    answers = [take() for _ in range(takeout.AT_ONCE)]
    with pytest.raises(FilesUnderWay):
        take()
    assert len(made) == takeout.AT_ONCE
    # However often it is closed, read to its end or not, that is one place.
    answers[0].close(), answers[0].close()
    answers[0] = take()
    assert b"".join(answers[0]) == b"ab"
    with pytest.raises(FilesUnderWay):
        take()


async def test_nor_by_a_server_of_sockets():
    asked = []

    def parts():
        for number in range(3):
            asked.append(number)
            yield [(number, "")]

    request = ASGIRequest({"type": "http", "method": "GET", "path": "/", "headers": []}, io.BytesIO())
    answer = takeout.response(request, "file", "json", lambda: takeout.text("json", COLUMNS, parts()))
    assert answer.is_async
    pieces = aiter(answer)
    await anext(pieces)
    assert asked == [0]
    assert len([piece async for piece in pieces]) == 2
