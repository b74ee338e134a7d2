"""The books: what was sent, acknowledged, stored, seen by each side; what was lost, doubled, out of order."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from faults.log import Log
from faults.scene import Company, Scene


class Row(NamedTuple):
    """An entry as the database has it."""

    schema: str
    conversation: int
    number: int
    name: str | None
    side: str
    text: str


@dataclass
class Balance:
    sent: int = 0
    acknowledged: int = 0
    refused: int = 0
    open: int = 0
    stored: int = 0
    seen_by_visitor: int = 0
    seen_by_agent: int = 0
    #: Not seen by an agent, for the visitor ended the conversation before anybody had it.
    unanswered: int = 0
    repeats: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    @property
    def is_even(self) -> bool:
        return not (self.lost or self.doubled or self.out_of_order or self.troubles or self.open)


def of_rows(scene: Scene) -> Balance:
    """While everybody goes on: what had been acknowledged must be in the database, once, in order."""
    receipts = dict(scene.book.receipts)
    rows = _rows(scene)
    found = _counts(scene)
    found.open = 0
    _compare_rows(scene, found, rows, receipts.keys())
    return found


async def of_everything(scene: Scene, patience: float) -> Balance:
    """Once everybody is silent: also what each side has in its log, up to the end."""
    deadline = time.monotonic() + patience
    while not _is_settled(scene, rows := _rows(scene)) and time.monotonic() < deadline:
        await asyncio.sleep(0.5)
    found = _counts(scene)
    _compare_rows(scene, found, rows, scene.book.receipts.keys())
    _compare_logs(scene, found, rows)
    for name in scene.book.open - _in_outboxes(scene):
        found.lost.append(f"dropped silently: {scene.book.letters[name].text!r}")
    return found


def _counts(scene: Scene) -> Balance:
    book = scene.book
    return Balance(
        sent=len(book.letters),
        acknowledged=len(book.receipts),
        refused=len(book.refused),
        open=len(book.open),
        repeats=book.repeats,
        troubles=list(book.troubles),
    )


def _rows(scene: Scene) -> list[Row]:
    with scene.product.database() as database:
        return [
            Row(company.schema, *row)
            for company in scene.companies
            for row in database.execute(
                f"SELECT conversation_id, number, client_id::text, side, text FROM {company.schema}.chat_entry"
                " ORDER BY conversation_id, number"
            ).fetchall()
        ]


def _compare_rows(scene: Scene, found: Balance, rows: list[Row], acknowledged: Iterable[str]) -> None:
    by_name = {row.name: row for row in rows if row.name}
    found.stored = sum(1 for row in rows if row.name)
    for name, times in Counter(row.name for row in rows if row.name).items():
        if times > 1:
            found.doubled.append(f"stored {times} times: {by_name[name].text!r}")
    for name in acknowledged:
        letter, receipt = scene.book.letters[name], scene.book.receipts[name]
        row = by_name.get(name)
        if row is None:
            found.lost.append(f"acknowledged and not stored: {letter.text!r}")
        elif row.text != letter.text or (receipt.number and row.number != receipt.number):
            found.troubles.append(f"{letter.text!r} was acknowledged as {receipt} and is {row}")
    found.troubles += [
        f"{row.text!r} was refused ({scene.book.refused[row.name]}) and is stored"
        for row in rows
        if row.name in scene.book.refused
    ]
    found.out_of_order += _out_of_order(scene, rows)
    found.troubles += _gaps(rows)


def _out_of_order(scene: Scene, rows: list[Row]) -> Iterator[str]:
    """What one writer wrote later stands later, in each conversation."""
    newest: dict[tuple[str, int, str], int] = {}
    for row in rows:
        letter = scene.book.letters.get(row.name or "")
        if letter is None:
            continue
        key = (row.schema, row.conversation, letter.writer)
        if letter.turn < newest.get(key, 0):
            yield f"{letter.text!r} stands at {row.number} of {row.conversation}, after {newest[key]}"
        newest[key] = max(letter.turn, newest.get(key, 0))


def _gaps(rows: list[Row]) -> Iterator[str]:
    expected: dict[tuple[str, int], int] = Counter()
    for row in rows:
        expected[row.schema, row.conversation] += 1
        if row.number != expected[row.schema, row.conversation]:
            yield f"{row.schema}, conversation {row.conversation}: a gap before {row.number}"


def _compare_logs(scene: Scene, found: Balance, rows: list[Row]) -> None:
    letters = scene.book.letters
    for company in scene.companies:
        theirs = [row for row in rows if row.schema == company.schema]
        found.seen_by_visitor += _seen(scene, found, company, "visitor", theirs)
        held = _held(scene, company)
        found.unanswered += sum(1 for row in theirs if row.name in letters and row.conversation not in held)
        theirs = [row for row in theirs if row.conversation in held]
        found.seen_by_agent += _seen(scene, found, company, "agent", theirs)


def _held(scene: Scene, company: Company) -> set[int]:
    """Conversations that an agent has or had; of the others some have ended while they waited."""
    with scene.product.database() as database:
        rows = database.execute(
            f"SELECT c.id FROM {company.schema}.chat_conversation c WHERE c.state <> 'ended' OR EXISTS"
            f" (SELECT FROM {company.schema}.chat_entry e WHERE e.conversation_id = c.id AND e.kind = 'accepted')"
        ).fetchall()
    return {row[0] for row in rows}


def _seen(scene: Scene, found: Balance, company: Company, side: str, rows: list[Row]) -> int:
    """How many of the rows a log of that side has, under the same number; each in one place only."""
    has: dict[tuple[int, int], str | None] = {}
    for log in _logs(company, side):
        found.doubled += [f"{side}: two entries under {n} of {log.id}" for n in log.changed]
        names = Counter(entry.get("client_id") for entry in log.entries if entry.get("client_id"))
        found.doubled += [
            f"{side}: {n} is {times} times in {log.id}" for n, times in names.items() if times > 1
        ]
        for entry in log.entries:
            has[log.id, entry["number"]] = entry.get("client_id")
    texts = [row for row in rows if row.name in scene.book.letters]
    missing = [row for row in texts if has.get((row.conversation, row.number), "") != row.name]
    found.lost += [
        f"the {side} does not have {row.text!r} ({row.conversation}/{row.number}, {_story(scene, row)})"
        for row in missing
    ]
    return len(texts) - len(missing)


def _story(scene: Scene, row: Row) -> str:
    """What became of the row's conversation, for whoever looks for the reason."""
    with scene.product.database() as database:
        facts = database.execute(
            f"SELECT state, 'agent', agent_id, 'accepted', accepted_at, 'ended', ended_at, ended_by"
            f" FROM {row.schema}.chat_conversation WHERE id = %s",
            [row.conversation],
        ).fetchone()
    return " ".join(map(str, facts or ("gone",)))


def _logs(company: Company, side: str) -> list[Log]:
    if side == "visitor":
        return [log for visitor in company.visitors for log in visitor.logs.values()]
    return [log for agent in company.agents for log in agent.talks()]


def _is_settled(scene: Scene, rows: list[Row]) -> bool:
    """Nothing waits to be sent, and every log is as long as the database's."""
    if scene.book.open:
        return False
    newest: dict[tuple[str, int], int] = {(row.schema, row.conversation): row.number for row in rows}
    for company in scene.companies:
        for side in ("visitor", "agent"):
            known = {log.id: len(log.entries) for log in _logs(company, side)}
            if any(known.get(c, 0) < n for (schema, c), n in newest.items() if schema == company.schema):
                return False
    return True


def _in_outboxes(scene: Scene) -> set[str]:
    return {name for person in scene.people for name in person.outbox.commands}
