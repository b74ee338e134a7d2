"""What a process of sockets knows of companies without asking the database for each visitor."""

import asyncio
import time
from typing import NamedTuple

from companies.models import Company
from core.realtime import pool

#: Seconds after which what is known is asked for again.
FRESH_FOR = 30.0
#: The same for numbers that no company has: one that is made meanwhile is found after that time.
MISSING_FOR = 10.0
#: So many of those are remembered.
MOST_MISSING = 1000


class Facts(NamedTuple):
    company: Company
    known_at: float

    @property
    def is_fresh(self) -> bool:
        return time.monotonic() - self.known_at < FRESH_FOR

    def allows(self, origin: str) -> bool:
        """Whether a website may carry the site code: any may while none is listed."""
        return not self.company.sites or origin in self.company.sites


class Directory:
    def __init__(self) -> None:
        self._known: dict[int, Facts] = {}
        #: When it was found missing, oldest first.
        self._missing: dict[int, float] = {}
        self._asked: dict[int, asyncio.Task[Facts | None]] = {}

    async def find(self, company_id: int) -> Facts | None:
        """The company's facts, at most FRESH_FOR seconds old; None where there is no such company."""
        facts = self._known.get(company_id)
        if facts is not None and facts.is_fresh:
            return facts
        if self._is_missing(company_id):
            return None
        asked = self._asked.get(company_id)
        if asked is None:
            asked = self._asked[company_id] = asyncio.create_task(self._ask(company_id))
        # Whoever hangs up leaves the answer to the others who wait for it.
        return await asyncio.shield(asked)

    def forget(self, company_id: int) -> None:
        self._known.pop(company_id, None)
        self._missing.pop(company_id, None)

    async def _ask(self, company_id: int) -> Facts | None:
        try:
            company = await pool.run(_read, company_id)
        finally:
            del self._asked[company_id]
        self.forget(company_id)
        if company is None:
            self._note_missing(company_id)
            return None
        facts = self._known[company_id] = Facts(company, time.monotonic())
        return facts

    def _is_missing(self, company_id: int) -> bool:
        found_at = self._missing.get(company_id)
        return found_at is not None and time.monotonic() - found_at < MISSING_FOR

    def _note_missing(self, company_id: int) -> None:
        self._missing[company_id] = time.monotonic()
        if len(self._missing) > MOST_MISSING:
            del self._missing[next(iter(self._missing))]


def _read(company_id: int) -> Company | None:
    return Company.objects.filter(company_id=company_id).first()
