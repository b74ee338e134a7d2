"""What accounts does when a layer below announces something."""

from typing import Any

from accounts.services import audit
from companies.models import Company


def on_plan_changed(
    *, company: Company, action: str, changes: audit.Changes | None = None, note: str = "", **kwargs: Any
) -> None:
    """What is changed about a company from outside stands in its own log."""
    audit.record(action, company, changes, note=note)


def on_information_changed(*, company: Company, changes: audit.Changes, **kwargs: Any) -> None:
    audit.record("company.edited", company, changes)
