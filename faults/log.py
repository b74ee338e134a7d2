"""A conversation as one client knows it: its entries without gaps, what is known beyond a gap, and the marks."""

from faults.line import Frame

SIDES = ("visitor_delivered", "visitor_read", "agent_delivered", "agent_read")


class Log:
    """What `frontend/shared/connection/log.ts` does; an entry that comes twice must come the same."""

    def __init__(self, number: int) -> None:
        self.id = number
        self.entries: list[Frame] = []
        self._ahead: dict[int, Frame] = {}
        self.newest = 0
        self.marks = dict.fromkeys(SIDES, 0)
        #: Numbers under which two different entries came.
        self.changed: set[int] = set()

    def apply(self, *entries: Frame) -> None:
        for entry in entries:
            number = entry["number"]
            if number > len(self.entries):
                self._ahead[number] = entry
            elif self.entries[number - 1].get("client_id") != entry.get("client_id"):
                self.changed.add(number)
        while (following := self._ahead.pop(len(self.entries) + 1, None)) is not None:
            self.entries.append(following)
        self.newest = max([self.newest, len(self.entries), *self._ahead])

    def opened(self, result: Frame) -> None:
        self.apply(*result["entries"])
        self.marked(result["conversation"]["marks"])
        self.told_newest(result["conversation"]["last_number"])

    def told_newest(self, number: int) -> None:
        self.newest = max(self.newest, number)

    def marked(self, marks: Frame) -> None:
        for side in SIDES:
            self.marks[side] = max(self.marks[side], marks.get(side, 0))

    @property
    def missing_after(self) -> int | None:
        """From where to fetch; None when nothing is missing."""
        return len(self.entries) if self.newest > len(self.entries) else None

    @property
    def is_ended(self) -> bool:
        return bool(self.entries) and self.entries[-1]["kind"] == "ended"

    def last_of_others(self, side: str) -> int:
        return next((entry["number"] for entry in reversed(self.entries) if entry["side"] != side), 0)
