"""The product as `make run` starts it, where it can be broken: on a small disk of its own if the machine lets us."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import redis

from config.run import servers
from e2e.stack import ROOT, SETTINGS, Stack

#: Bytes of the small disk: the database with its log of changes, and room to be filled.
DISK = 1536 * 2**20


class Product(Stack):
    def __init__(self) -> None:
        super().__init__()
        self.has_own_disk = _mounted(self.data)
        self.data.chmod(0o711)
        # What it prints has to outlive a full disk.
        self.output.close()
        self.output = self.printed.open("ab")

    @property
    def printed(self) -> Path:
        return self.data.with_suffix(".txt")

    def story(self) -> str:
        return f"--- printed\n{self.printed.read_text(errors='replace')[-4000:]}\n{super().story()}"

    def remove(self) -> None:
        if self.has_own_disk:
            subprocess.run(["umount", "--lazy", str(self.data)], check=False)
        super().remove()
        self.printed.unlink()

    @property
    def database_url(self) -> str:
        return self._servers["postgres"].url

    @property
    def valkey_url(self) -> str:
        return self._servers["valkey"].url

    @property
    def _servers(self) -> dict[str, servers.Server]:
        return servers.missing(self.data, given=())

    def companies(self, count: int) -> list[dict[str, Any]]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
        environment |= {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.valkey_url,
            "PARLEY_DATA": str(self.data),
            "PARLEY_SECRET_KEY": (self.data / "secret-key").read_text(),
        }
        command = [sys.executable, "-m", "faults.prepare", str(count)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=120
        )
        if done.returncode:
            raise RuntimeError(done.stderr.decode())
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found

    @contextlib.contextmanager
    def database(self) -> Iterator[psycopg.Connection[Any]]:
        with psycopg.connect(self.database_url, autocommit=True, connect_timeout=5) as connection:
            yield connection

    @contextlib.contextmanager
    def valkey(self) -> Iterator[redis.Redis]:
        with redis.Redis.from_url(self.valkey_url, socket_timeout=5) as client:
            yield client

    def memory(self) -> dict[str, float]:
        """Megabytes by name, what is shared in part; a database's backends are counted with it."""
        return {name: round(_resident(pid), 1) for name, pid in sorted(self.pids.items())}

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    # What a fault does to it

    def tell(self, name: str, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pids[name], number)

    @contextlib.contextmanager
    def held_down(self, name: str, farewell: signal.Signals) -> Iterator[None]:
        """Ended, and not started again before the block is over: who would do that stands still."""
        assert self.process is not None
        pid = self.pids[name]
        self.process.send_signal(signal.SIGSTOP)
        try:
            os.kill(pid, farewell)
            _wait_for_end(pid)
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    @contextlib.contextmanager
    def full_disk(self) -> Iterator[int]:
        """Not a byte is free; yields how many were."""
        ballast = self.data / "ballast"
        free = shutil.disk_usage(self.data).free
        try:
            _fill(ballast)
            yield free
        finally:
            ballast.unlink(missing_ok=True)


def _mounted(folder: Path) -> bool:
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=711", "parley-faults", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _fill(file: Path) -> None:
    """Large pieces first, then whatever still fits."""
    with file.open("wb", buffering=0) as ballast:
        for size in (2**24, 2**16, 2**12, 1):
            with contextlib.suppress(OSError):
                while ballast.write(b"\0" * size) == size:
                    pass


def _wait_for_end(pid: int, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() > deadline:
            raise AssertionError(f"Process {pid} did not end.")
        time.sleep(0.05)


def _resident(pid: int) -> float:
    try:
        process = psutil.Process(pid)
        return sum(_private(one) for one in [process, *process.children(recursive=True)]) / 2**20
    except psutil.Error:
        return 0.0


def _private(process: psutil.Process) -> int:
    """What is shared counts in part for each who shares it."""
    try:
        return int(process.memory_full_info().pss)
    except (psutil.Error, AttributeError):
        return int(process.memory_info().rss)
