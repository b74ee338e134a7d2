"""What came of a run: a table to read, and results.json."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import machine
from faults.balance import Balance
from faults.run import Outcome

#: Of each list of what went wrong so much is shown.
SHOWN = 8


def text(outcome: Outcome) -> str:
    parts = [
        _steps(outcome),
        _books(outcome.books),
        _page(outcome),
        _memory(outcome),
        outcome.story,
        _verdict(outcome),
    ]
    return "\n\n".join(part for part in parts if part)


def save(outcome: Outcome, path: Path) -> None:
    books = asdict(outcome.books)
    facts: dict[str, Any] = {
        "passes": outcome.passes,
        "machine": machine.describe(),
        "seed": outcome.plan.seed,
        "seconds": outcome.seconds,
        "size": asdict(outcome.plan.size),
        "true_again_within": outcome.plan.within,
        "faults": [asdict(step) for step in outcome.steps],
        "books": {name: len(value) if isinstance(value, list) else value for name, value in books.items()},
        "message_balance_page": outcome.page,
        "memory_mb": outcome.memory,
    }
    path.write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n")


def _steps(outcome: Outcome) -> str:
    rows = [("", "fault", "true again after", "what was done")]
    for step in outcome.steps:
        healed = "-" if step.healed_in is None else f"{step.healed_in:.1f} s"
        rows.append(("pass" if step.passes else "FAIL", step.name, healed, step.what))
    lines = _columns(rows)
    for step in outcome.steps:
        lines += [f"  {step.name}: {wrong}" for wrong in step.wrong[:SHOWN]]
    return "\n".join(lines)


def _books(books: Balance) -> str:
    rows = [
        ("sent", "named by a client before it was sent", books.sent),
        ("acknowledged", "the server said: stored", books.acknowledged),
        ("refused", "with a reason; the words stay with who wrote them", books.refused),
        ("repeated", "said again on purpose and answered", books.repeats),
        ("open", "still in an outbox at the end", books.open),
        ("stored", "texts in the database", books.stored),
        ("seen by visitor", "of those, in a visitor's log under the same number", books.seen_by_visitor),
        ("seen by agent", "of those, in an agent's log under the same number", books.seen_by_agent),
        ("unanswered", "the visitor ended the conversation before an agent had it", books.unanswered),
        ("lost", "acknowledged and missing anywhere, or dropped silently", len(books.lost)),
        ("doubled", "twice anywhere", len(books.doubled)),
        ("out of order", "before what the same person wrote earlier", len(books.out_of_order)),
    ]
    lines = _columns([(name, f"{count:,}".rjust(8), what) for name, what, count in rows])
    for wrong in (books.lost, books.doubled, books.out_of_order, books.troubles):
        lines += [f"  {each}" for each in wrong[:SHOWN]]
    return "\n".join(lines)


def _page(outcome: Outcome) -> str:
    said = ", ".join(f"{name.lower()} {value:,}" for name, value in outcome.page.items())
    return f"The companies' own pages say: {said}." if said else ""


def _memory(outcome: Outcome) -> str:
    if len(outcome.memory) < 2:
        return ""
    first, last = outcome.memory[0], outcome.memory[-1]
    rows = [("memory", "start", "end")]
    rows += [(name, f"{first.get(name, 0):.1f} MB", f"{last.get(name, 0):.1f} MB") for name in last]
    return "\n".join(_columns(rows))


def _verdict(outcome: Outcome) -> str:
    verdict = "The books are balanced." if outcome.passes else "The books are NOT balanced."
    return f"{verdict} {outcome.seconds:.0f} s under load, seed {outcome.plan.seed}."


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
