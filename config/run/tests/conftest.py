import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from core.embedded import processes


@dataclass
class Run:
    """A supervisor that runs in a process of its own."""

    data: Path
    port: int
    process: subprocess.Popen[str]
    said: str = ""

    def wait_until_ready(self) -> None:
        self.wait_until_it_says("Ctrl-C")

    def wait_until_it_says(self, words: str) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return
        raise AssertionError(f"It ended without saying {words!r}:\n{self.said}")

    def read_to_the_end(self) -> int:
        rest, _ = self.process.communicate(timeout=30)
        self.said += rest
        return self.process.returncode

    def pids(self) -> dict[str, int]:
        found: dict[str, int] = json.loads((self.data / "processes.json").read_text())
        return found

    def wait_for_new(self, name: str, old: int) -> int:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            pid = self.pids().get(name, old)
            if pid != old:
                return pid
            time.sleep(0.05)
        raise AssertionError(f"{name} was not started again")

    def stop(self) -> int:
        self.process.terminate()
        return self.read_to_the_end()


@pytest.fixture
def data() -> Iterator[Path]:
    """A folder that the servers' user reaches also when the tests run as root."""
    with tempfile.TemporaryDirectory(prefix="parley-test-") as name:
        Path(name).chmod(0o711)
        yield Path(name) / "var"


@pytest.fixture
def run(data: Path) -> Iterator["Starter"]:
    starter = Starter(data)
    yield starter
    starter.end_all()


class Starter:
    """Starts supervisors on one data folder, and sees to it that none outlives the test."""

    def __init__(self, data: Path) -> None:
        self.data, self.port, self.runs = data, free_port(), list[Run]()

    def __call__(self, **environment: str) -> Run:
        process = subprocess.Popen(
            [sys.executable, "-m", "config.run.tests.sample"],
            env={**_clean(), "PARLEY_DATA": str(self.data), "PORT": str(self.port), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.runs.append(Run(self.data, self.port, process))
        return self.runs[-1]

    def end_all(self) -> None:
        for run in self.runs:
            processes.end_child(run.process, signal.SIGTERM)  # type: ignore[arg-type]


def _clean() -> dict[str, str]:
    """Our environment without the servers that the tests themselves run beside."""
    ours = {"DATABASE_URL", "REDIS_URL", "PARLEY_SECRET_KEY", "HOST"}
    return {name: value for name, value in os.environ.items() if name not in ours}


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def alive(pids: dict[str, int]) -> list[str]:
    return [name for name, pid in pids.items() if is_alive(pid)]


def is_alive(pid: int) -> bool:
    try:
        return processes.is_running(psutil.Process(pid))
    except psutil.NoSuchProcess:
        return False
