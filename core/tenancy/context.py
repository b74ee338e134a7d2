"""The company one is in: a context variable, so that threads and coroutines never see each other's.

A new thread or task starts in `public`, where no company has a table: forgetting to enter fails closed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

PUBLIC = "public"


class Place(NamedTuple):
    """Where database statements go: a schema, perhaps without `public` behind it."""

    schema: str = PUBLIC
    include_public: bool = True
    tenant: Any = None


_place: ContextVar[Place] = ContextVar("place")


def place() -> Place:
    return _place.get(Place())


def set_place(value: Place) -> None:
    _place.set(value)


def schema() -> str:
    return place().schema


@contextmanager
def entered(schema_name: str, tenant: Any = None) -> Iterator[None]:
    """Everything inside reads and writes the company's schema; afterwards all is as before."""
    token = _place.set(Place(schema_name, True, tenant))
    try:
        yield
    finally:
        _place.reset(token)


def cache_key(key: str, prefix: str, version: int) -> str:
    """Django's KEY_FUNCTION: ids repeat across companies, so every key starts with the schema."""
    return f"{schema()}:{prefix}:{version}:{key}"
