import abc
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from core.embedded import account, logs, processes, sockets
from core.embedded.errors import NotStarted

PATIENCE = 60.0


@dataclass
class Server(abc.ABC):
    """A server of our own: its data in `home`, reached by a Unix socket only. It dies with us."""

    home: Path
    log: Path
    durable: bool = True
    child: subprocess.Popen[bytes] | None = field(default=None, init=False)
    socket_folder: Path = field(init=False)

    name: ClassVar[str]
    socket: ClassVar[str]
    farewell: ClassVar[signal.Signals]

    def __post_init__(self) -> None:
        self.home = self.home.resolve()
        self.socket_folder = self.home

    @property
    @abc.abstractmethod
    def url(self) -> str: ...

    @abc.abstractmethod
    def command(self, runner: account.Account) -> list[str]:
        """What to execute, after making whatever is not there yet."""

    @abc.abstractmethod
    def clear_the_way(self) -> None:
        """Remove what a start that ended by kill -9 left behind."""

    @abc.abstractmethod
    def answers(self) -> bool: ...

    def start(self) -> subprocess.Popen[bytes]:
        """Return once it answers; data of an earlier start, however that ended, is there again."""
        self.home.mkdir(parents=True, exist_ok=True)
        runner = account.choose(self.home)
        self.home.chmod(0o700)
        self._open_socket_folder(runner)
        command = self.command(runner)
        self.clear_the_way()
        self.child = self._spawn(runner, command)
        self._wait()
        return self.child

    def stop(self) -> None:
        self._end()
        sockets.forget(self.socket_folder, self.home)
        self.socket_folder = self.home

    def _end(self) -> None:
        if self.child is not None:
            processes.end_child(self.child, self.farewell, PATIENCE)

    def _open_socket_folder(self, runner: account.Account) -> None:
        # One that is there stays: who connects has learnt the address.
        if self.socket_folder == self.home:
            self.socket_folder = sockets.folder_for(self.home, self.socket)
            runner.give(self.socket_folder)

    def _spawn(self, runner: account.Account, command: list[str]) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **runner.popen(self.farewell),
            )

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if not self._is_up() or time.monotonic() > deadline:
                self._end()
                raise NotStarted(f"{self.name} did not start: {logs.last_lines(self.log)}")
            time.sleep(0.02)

    def _is_up(self) -> bool:
        return self.child is not None and self.child.poll() is None
