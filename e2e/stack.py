"""The product as `make run` starts it, with a data folder and a port of its own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from e2e.patience import waited

ROOT = Path(__file__).parents[1]
#: Settings of the tests around us; the product under test has its own.
SETTINGS = ("DATABASE_URL", "REDIS_URL", "DJANGO_", "PARLEY_", "HOST")
READY_SECONDS = 120
STOP_SECONDS = 20


class Stack:
    """Started, killed and started again; everything it knows of the product, the product wrote for tools."""

    def __init__(self) -> None:
        self.data = Path(tempfile.mkdtemp(prefix="parley-e2e-"))
        # As root the database runs under another account and has to pass through.
        self.data.chmod(0o711)
        self.port = free_port()
        self.output = (self.data / "output.txt").open("ab")
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def demo(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.data / "demo.json").read_text())
        return found

    @property
    def pids(self) -> dict[str, int]:
        found: dict[str, int] = json.loads((self.data / "processes.json").read_text())
        return found

    @property
    def url(self) -> str:
        return str(self.demo["url"]).rstrip("/")

    def start(self) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
        environment |= {"PARLEY_DATA": str(self.data), "PORT": str(self.port)}
        streams: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": self.output, "stderr": self.output}
        command = [sys.executable, "-m", "config.run"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, **streams)
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        waited(self.is_ready, "Parley to answer /readyz", READY_SECONDS)

    def is_ready(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            raise AssertionError(f"Parley ended by itself:\n{self.story()}")
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def kill(self, name: str) -> None:
        """As the kernel would: no good-byes."""
        os.kill(self.pids[name], signal.SIGKILL)

    @contextmanager
    def frozen(self, name: str) -> Iterator[None]:
        """A process that is there and does not answer."""
        pid = self.pids[name]
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def kill_everything(self) -> None:
        """The supervisor first, so that it saves nobody."""
        assert self.process is not None
        pids = self.pids
        for pid in [self.process.pid, *pids.values()]:
            os.kill(pid, signal.SIGKILL)
        self.process.wait(STOP_SECONDS)

    def stop(self) -> None:
        """By TERM; what does not stop by then is killed, and that is a failure."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill_everything()
                raise

    def remove(self) -> None:
        self.output.close()
        shutil.rmtree(self.data, ignore_errors=True)

    def story(self) -> str:
        """The end of everything it wrote: what you want to read when a test failed."""
        logs = [self.data / "output.txt", *sorted((self.data / "logs").glob("*.log"))]
        return "\n".join(f"--- {log.name}\n{_end(log)}" for log in logs if log.exists())


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _end(log: Path, lines: int = 40) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
