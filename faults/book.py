"""What everybody wrote and what became of it: kept beside the product, from the clients' side."""

import uuid
from dataclasses import dataclass, field


@dataclass
class Letter:
    """Something written: named before it is sent."""

    name: str
    writer: str
    text: str
    #: The writer's own count, from 1: what was written later may not stand earlier.
    turn: int


@dataclass(frozen=True)
class Receipt:
    """The server's word that it is stored. The answer to a repeated request may not reach up to its number: 0."""

    conversation: int
    number: int

    def contradicts(self, other: "Receipt") -> bool:
        is_known = self.number and other.number
        return self.conversation != other.conversation or bool(is_known and self.number != other.number)


@dataclass
class Book:
    letters: dict[str, Letter] = field(default_factory=dict)
    receipts: dict[str, Receipt] = field(default_factory=dict)
    #: Refused with a reason: the person is told, the words stay on the screen.
    refused: dict[str, str] = field(default_factory=dict)
    #: What no client may ever see.
    troubles: list[str] = field(default_factory=list)
    #: Answers to what was said again on purpose.
    repeats: int = 0
    _turns: dict[str, int] = field(default_factory=dict)

    def write(self, writer: str) -> Letter:
        turn = self._turns[writer] = self._turns.get(writer, 0) + 1
        letter = Letter(str(uuid.uuid4()), writer, f"{writer} {turn}", turn)
        self.letters[letter.name] = letter
        return letter

    def acknowledge(self, name: str, receipt: Receipt) -> None:
        """The first answer holds for ever: a repeat must be told the same."""
        first = self.receipts.setdefault(name, receipt)
        if first.contradicts(receipt):
            self.troubles.append(f"{self.letters[name].text!r} is at {first} and at {receipt}")

    def refuse(self, name: str, code: str) -> None:
        if name in self.receipts:
            self.troubles.append(f"{self.letters[name].text!r} was acknowledged and then refused: {code}")
        self.refused[name] = code

    @property
    def open(self) -> set[str]:
        """Neither acknowledged nor refused: must be in an outbox."""
        return self.letters.keys() - self.receipts.keys() - self.refused.keys()
