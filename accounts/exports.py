"""What a company can take along as files: each app says in its `apps.py` which of its rows, and to whom they go."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.db import models
from django.utils.functional import Promise

from accounts.capabilities import Capability
from accounts.models import Agent

Words = str | Promise


class Kind(NamedTuple):
    """One kind of file. `rows` is asked inside the company; from its keys on it is read part by part."""

    #: For programs, addresses and the file itself.
    name: str
    title: Words
    contents: Words
    #: Whoever exports may also see this.
    capability: Capability
    rows: Callable[[], "models.QuerySet[Any]"]
    #: What a column is called in the file, and where in a row it stands.
    columns: Mapping[str, str]


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    _kinds.update({kind.name: kind for kind in kinds})


def everything() -> list[Kind]:
    return list(_kinds.values())


def named(name: str) -> Kind | None:
    return _kinds.get(name)


def open_to(agent: Agent) -> list[Kind]:
    """Those that this agent may take along."""
    return [kind for kind in _kinds.values() if is_open_to(agent, kind)]


def is_open_to(agent: Agent, kind: Kind) -> bool:
    return agent.can(Capability.EXPORT) and agent.can(kind.capability)
