"""What the benchmark asks of a design: conversations to talk in, and a slow command to be stalled by."""

import abc
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bench import plan
from bench.layout import Stack

if TYPE_CHECKING:
    from bench.beacon import Beacon

#: What a browser says of itself in a handshake.
BROWSER = (
    "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36",
    "Accept-Language: en-GB,en;q=0.9,zh-CN;q=0.8",
    "Accept-Encoding: gzip, deflate, br",
    "Cache-Control: no-cache",
)


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

    @abc.abstractmethod
    def browsers(self, count: int) -> list[plan.Socket]:
        """Visitors on the first process who look at pages."""

    @abc.abstractmethod
    def newcomers(self, count: int) -> list[plan.Socket]:
        """Visitors on the first process who are checked and greeted, and then say nothing."""

    @abc.abstractmethod
    def beacon(self) -> "Beacon":
        """How the first process is told of a page view by a request."""

    @abc.abstractmethod
    def watchers(self, count: int) -> list[plan.Socket]:
        """Agents on the second process who see who is on the website."""

    @abc.abstractmethod
    def colleagues(self, count: int) -> list[plan.Socket]:
        """Agents of one company on the second process, who hear what concerns all of them."""

    @abc.abstractmethod
    def tell_colleagues(self) -> None:
        """One event to all of them, from a process of its own."""

    def heartbeat(self, number: int) -> str:
        return f'{{"type":"heartbeat","ref":{number + 10}}}'

    def page_view(self, number: int) -> str:
        page = f'{{"url":"https://www.example.com/pages/{number % 50}","title":"Page {number % 50}"}}'
        return f'{{"type":"page.view","ref":{number + 10},"page":{page}}}'

    def finish(self) -> None:  # noqa: B027  most designs hold nothing
        """Let go of the stores before they are stopped."""

    @property
    def visitors(self) -> int:
        """The port of the process that serves visitors."""
        return self.stack.ports[0]

    @property
    def agents(self) -> int:
        return self.stack.ports[1]
