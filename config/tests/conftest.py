"""The sockets of chat's tests, for tests that look at the whole."""

from chat.tests.conftest import live, visit, work

__all__ = ["live", "visit", "work"]
