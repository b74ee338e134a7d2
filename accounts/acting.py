"""Who acts: set once where a request, a command on a socket or a task begins, and read by the audit log."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from accounts.models import Agent


class Actor(NamedTuple):
    """Somebody as the audit log names them; without a kind of person it is the system itself."""

    kind: str = "system"
    pk: int | None = None
    name: str = ""
    address: str | None = None


SYSTEM = Actor()

_actor: ContextVar[Callable[[], Actor]] = ContextVar("actor")


def current() -> Actor:
    return _actor.get(lambda: SYSTEM)()


@contextmanager
def acting(actor: Actor | Callable[[], Actor]) -> Iterator[None]:
    """Everything inside is done by this one; a function is asked only if somebody wants to know."""
    token = _actor.set(actor if callable(actor) else lambda: actor)
    try:
        yield
    finally:
        _actor.reset(token)


def agent(person: Agent, address: str | None = None) -> Actor:
    if person.visit:
        return Actor("operator", person.visit.operator_pk, person.visit.operator_name, address)
    return Actor("agent", person.pk, person.name, address)
