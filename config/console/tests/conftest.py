from http.cookies import SimpleCookie

import pytest

from accounts import operators as known
from accounts.models import Agent
from accounts.services import operators
from accounts.testing import PASSWORD, Browser
from accounts.tests.conftest import clock
from core.realtime import publish

__all__ = ["clock"]


@pytest.fixture(autouse=True)
def _nothing_is_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "_send", lambda payload, channels: None)


def bring(browser: Browser, session: known.OperatorSession) -> Browser:
    """Give the browser this session's cookie, as the sign-in does."""
    cookie: SimpleCookie = SimpleCookie({known.COOKIE.name: session.session_key or ""})
    cookie[known.COOKIE.name]["path"] = known.COOKIE.path
    browser.keep(cookie[known.COOKIE.name])
    return browser


@pytest.fixture
def olga(db: None) -> Agent:
    """The operator."""
    return operators.add(agent_id="olga", name="Olga", email="olga@parley.example", password=PASSWORD)


@pytest.fixture
def console(olga: Agent) -> Browser:
    """Olga's browser, both steps done."""
    return bring(Browser(), operators.begin(olga, verified=True))
