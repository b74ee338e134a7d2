import datetime
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core import signing
from django.utils import timezone

from accounts.testing import Browser
from companies.models import Company


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Stops the clock, so much later than now: `travel(days=1)`."""

    def to(**later: float) -> None:
        there = timezone.now() + datetime.timedelta(**later)
        monkeypatch.setattr(timezone, "now", lambda: there)
        monkeypatch.setattr(signing, "time", SimpleNamespace(time=there.timestamp))

    return to


@pytest.fixture
def demo(acme: Company, settings, tmp_path: Path) -> Company:
    """Acme is this installation's demo company."""
    facts = {"company_id": acme.company_id, "url": "http://parley.example:8000/"}
    (tmp_path / "demo.json").write_text(json.dumps(facts), encoding="utf8")
    settings.DATA_DIR = tmp_path
    return acme
