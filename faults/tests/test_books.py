"""The books see what they are there to see."""

from types import SimpleNamespace
from typing import Any

from faults import balance, page
from faults.balance import Balance, Row
from faults.book import Book, Receipt
from faults.log import Log


def entry(number, name="", kind="text", side="visitor"):
    return {"number": number, "client_id": name, "kind": kind, "side": side}


def row(number, letter, side="visitor", conversation=1):
    return Row("c_1", conversation, number, letter.name, side, letter.text)


def compared(book, *rows):
    found = Balance()
    scene: Any = SimpleNamespace(book=book)
    balance._compare_rows(scene, found, list(rows), book.receipts)
    return found


def test_what_is_acknowledged_and_not_stored_is_lost():
    book = Book()
    first, second = book.write("vera"), book.write("vera")
    for number, letter in enumerate((first, second), 1):
        book.acknowledge(letter.name, Receipt(1, number))
    found = compared(book, row(1, first))
    assert found.lost == ["acknowledged and not stored: 'vera 2'"]


def test_what_is_stored_twice_is_doubled():
    book = Book()
    letter = book.write("vera")
    assert compared(book, row(1, letter), row(2, letter)).doubled == ["stored 2 times: 'vera 1'"]


def test_what_was_said_later_may_not_stand_earlier():
    book = Book()
    first, second = book.write("vera"), book.write("vera")
    assert compared(book, row(1, second), row(2, first)).out_of_order
    assert not compared(book, row(1, first), row(2, second)).out_of_order


def test_a_missing_number_and_another_answer_are_trouble():
    book = Book()
    letter = book.write("vera")
    assert compared(book, row(2, letter)).troubles == ["c_1, conversation 1: a gap before 2"]
    book.acknowledge(letter.name, Receipt(1, 1))
    book.acknowledge(letter.name, Receipt(1, 2))
    assert len(book.troubles) == 1


def test_what_was_refused_may_not_be_stored():
    book = Book()
    letter = book.write("vera")
    book.refuse(letter.name, "conversation_ended")
    assert compared(book, row(1, letter)).troubles == [
        "'vera 1' was refused (conversation_ended) and is stored"
    ]


def test_a_log_joins_what_comes_in_any_order_and_knows_what_is_missing():
    log = Log(1)
    log.apply(entry(2, "b"))
    assert (len(log.entries), log.missing_after) == (0, 0)
    log.apply(entry(1, "a"), entry(2, "b"))
    assert ([one["client_id"] for one in log.entries], log.missing_after) == (["a", "b"], None)


def test_two_entries_under_one_number_are_noticed():
    log = Log(1)
    log.apply(entry(1, "a"))
    log.apply(entry(1, "b"))
    assert log.changed == {1}


def test_the_company_s_page_must_agree():
    books = Balance(stored=3)
    shown = {"Acknowledged": 2, "Stored": 3, "Lost": 0, "Doubled": 0, "Out of order": 0}
    assert list(page.contradictions(shown, books)) == []
    assert list(page.contradictions(shown | {"Lost": 1}, books)) == ["the company's page says 1 lost"]
    assert len(list(page.contradictions({}, books))) == 4
