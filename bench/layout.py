"""One installation to measure: PostgreSQL, Valkey and two server processes, all thrown away afterwards."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import cores, processor
from config.run import folder as data
from core.embedded import logs, postgres, processes, valkey

PATIENCE = 60.0
#: One server process for the visitors, one for the agents.
PROCESSES = 2


class Stack:
    """The stores and server processes of one design."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Durable, as in production: a message that was acknowledged survives the machine.
        self.postgres = postgres.Server(folder / "postgres", folder / "postgres.log", durable=True)
        self.valkey = valkey.Server(folder / "valkey", folder / "valkey.log", durable=True)
        self.servers: list[subprocess.Popen[bytes]] = []
        self.ports: list[int] = []
        self._commands: list[tuple[list[str], dict[str, str]]] = []
        self._secret = secrets.token_urlsafe(50)

    def start_stores(self) -> None:
        with cores.pinned(cores.REST):
            self.postgres.start()
        with cores.pinned(cores.SERVERS):
            self.valkey.start()

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.postgres.url,
            "REDIS_URL": self.valkey.url,
            "PARLEY_DATA": str(self.folder),
            "PARLEY_SECRET_KEY": self._secret,
            "HOST": "127.0.0.1",
        }

    def start_server(self, command: list[str], environment: dict[str, str]) -> None:
        """Start a server process; in its command and environment, `{port}` is the port it gets."""
        port = free_port()
        child = self._start(port, command, environment)
        self.servers.append(child)
        self.ports.append(port)
        self._commands.append((command, environment))
        wait(child, port, self.folder / f"server-{port}.log")

    def kill(self, number: int) -> None:
        """End a server process as the kernel would."""
        self.servers[number].kill()
        self.servers[number].wait()

    def start_again(self, number: int) -> None:
        """Start a server process that was killed, at the same port, and do not wait for it.

        From the thread that stays: a process ends with the thread that started it.
        """
        self.servers[number] = self._start(self.ports[number], *self._commands[number])

    def renew(self, number: int) -> None:
        """Kill a server process and start it anew; it listens when this returns."""
        self.kill(number)
        self.start_again(number)
        port = self.ports[number]
        wait(self.servers[number], port, self.folder / f"server-{port}.log")

    def _start(self, port: int, command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
        words = [word.replace("{port}", str(port)) for word in command]
        settings = {name: value.replace("{port}", str(port)) for name, value in environment.items()}
        log = self.folder / f"server-{port}.log"
        with cores.pinned(cores.SERVERS), log.open("ab") as file:
            return subprocess.Popen(
                [sys.executable, *words],
                env=surroundings(self) | settings,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                preexec_fn=processes.die_with_parent(signal.SIGKILL),
            )

    def used(self) -> dict[str, float]:
        """Seconds of processor time so far, by part."""
        parts = {"servers": [server.pid for server in self.servers]}
        for name, store in (("Valkey", self.valkey), ("PostgreSQL", self.postgres)):
            parts[name] = [store.child.pid] if store.child else []
        return {name: processor.seconds(pids) for name, pids in parts.items()}

    def settle(self, patience: float = 60) -> None:
        """Wait until it has nothing left to do from the run before."""
        deadline = time.monotonic() + patience
        before = sum(self.used().values())
        while time.monotonic() < deadline:
            time.sleep(0.3)
            now = sum(self.used().values())
            if now - before <= 0.02:
                return
            before = now

    def stop(self) -> None:
        for server in self.servers:
            processes.end_child(server, signal.SIGTERM, 5)
        self.valkey.stop()
        self.postgres.stop()


def surroundings(stack: Stack) -> dict[str, str]:
    """The environment of a process that uses these stores."""
    return os.environ | stack.environment


def folder() -> Path:
    """Where the program and the throw-away data lie: beside the product's data, on the same kind of disk."""
    made = data.make(Path(os.environ.get("PARLEY_DATA") or "var")) / "bench"
    made.mkdir(exist_ok=True)
    made.chmod(0o711)
    return made


@contextlib.contextmanager
def stack(within: Path, name: str) -> Iterator[Stack]:
    """A stack with its stores started; it leaves nothing behind."""
    home = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=within))
    # As root, the stores run as another user, who must pass.
    home.chmod(0o711)
    made = Stack(home)
    try:
        made.start_stores()
        yield made
    finally:
        made.stop()
        shutil.rmtree(home, ignore_errors=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def wait(child: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while child.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"A server did not start: {logs.last_lines(log)}")
