"""What a process of sockets knows of companies without asking the database for each visitor."""

import time
from typing import NamedTuple

from companies.models import Company
from core.realtime import pool

#: Seconds after which what is known is asked for again.
FRESH_FOR = 30.0


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

    async def find(self, company_id: int) -> Facts | None:
        """The company's facts, at most FRESH_FOR seconds old; None where there is no such company."""
        facts = self._known.get(company_id)
        if facts is not None and facts.is_fresh:
            return facts
        company = await pool.run(_read, company_id)
        if company is None:
            self._known.pop(company_id, None)
            return None
        facts = self._known[company_id] = Facts(company, time.monotonic())
        return facts

    def forget(self, company_id: int) -> None:
        self._known.pop(company_id, None)


def _read(company_id: int) -> Company | None:
    return Company.objects.filter(company_id=company_id).first()
