"""What the benchmark asks of a design: conversations to talk in, and a slow command to be stalled by."""

import abc
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bench import plan
from bench.layout import Stack


@dataclass(frozen=True)
class Slow:
    """A command that waits for a row the benchmark holds: the socket it is sent on, and how to hold the row."""

    socket: plan.Socket
    command: str
    lock: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


class Design(abc.ABC):
    name: str

    def __init__(self, stack: Stack) -> None:
        self.stack = stack

    @abc.abstractmethod
    def start(self) -> None:
        """Make the tables and start the two server processes."""

    @abc.abstractmethod
    def talk(self, conversations: int) -> list[plan.Socket]:
        """A visitor on the first process who sends and an agent on the second who listens, for each."""

    @abc.abstractmethod
    def slow(self) -> list[Slow]:
        """One for each process."""

    def finish(self) -> None:  # noqa: B027  most designs hold nothing
        """Let go of the stores before they are stopped."""

    @property
    def visitors(self) -> int:
        """The port of the process that serves visitors."""
        return self.stack.ports[0]

    @property
    def agents(self) -> int:
        return self.stack.ports[1]
