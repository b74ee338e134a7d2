import datetime
from collections.abc import Callable

import pytest
from django.core import signing
from django.utils import timezone

from accounts.testing import PASSWORD, Browser
from companies.models import Company


class Clock:
    """The time as the server sees it, standing still until moved."""

    def __init__(self) -> None:
        self.now = timezone.now().replace(microsecond=0)

    def move(self, **time: float) -> None:
        self.now += datetime.timedelta(**time)

    def time(self) -> float:
        return self.now.timestamp()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()

    class Frozen(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return clock.now

    # Below timezone.now(), which models have taken as their default.
    monkeypatch.setattr(timezone, "datetime", Frozen)
    monkeypatch.setattr(signing, "time", clock)
    return clock


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def sign_in(acme: Company, browser: Browser) -> Callable[..., object]:
    """Fills in the form at /sign-in/; what is not said is right."""

    def fill_in(**typed: object) -> object:
        right = {"company_id": acme.company_id, "agent_id": "alice", "password": PASSWORD}
        return browser.post("/sign-in/", right | typed)

    return fill_in
