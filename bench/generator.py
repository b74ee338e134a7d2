"""The load generator: compiled once from load/*.c, run once for each measurement."""

import hashlib
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from bench import cores, plan

SOURCES = Path(__file__).parent / "load"
FLAGS = ["-O2", "-std=gnu11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror"]


class Times(msgspec.Struct, frozen=True):
    """Percentiles in milliseconds."""

    count: int
    p50: float
    p90: float
    p99: float
    max: float


class Counts(msgspec.Struct, frozen=True):
    sent: int
    acked: int
    delivered: int


class Sockets(msgspec.Struct, frozen=True):
    planned: int
    failed: int
    closed: int


class Window(msgspec.Struct, frozen=True):
    """A measured time, and the generator's own share of a core in it."""

    seconds: float
    processor_share: float
    counts: Counts
    ack_ms: Times | None
    delivery_ms: Times | None
    late_ms: Times | None

    @property
    def rate(self) -> float:
        return self.counts.acked / self.seconds


class Load(msgspec.Struct, frozen=True):
    """What the generator tells of a run: the measured times in it, and the books of the whole."""

    valid: bool
    connecting: float
    sockets: Sockets
    all: Counts
    refused: int
    disordered: int
    strange: int
    others: int
    windows: list[Window]


class Failed(Exception):
    """The generator did not end well; the message is what it said."""


def compiled(folder: Path) -> Path:
    """The program; it is compiled when there is none yet from these very sources."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / f"wsload-{_fingerprint()}"
    if not program.exists():
        making = program.with_suffix(".new")
        library = "gnu" if platform.libc_ver()[0] == "glibc" else "musl"
        target = f"{platform.machine()}-linux-{library}"
        compiler = [sys.executable, "-m", "ziglang", "cc", "-target", target]
        caches = {"ZIG_GLOBAL_CACHE_DIR": str(folder / "zig"), "ZIG_LOCAL_CACHE_DIR": str(folder / "zig")}
        files = sorted(map(str, SOURCES.glob("*.c")))
        subprocess.run([*compiler, *FLAGS, "-o", making, *files, "-lm"], check=True, env=os.environ | caches)
        making.rename(program)
    return program


def run(
    program: Path, sockets: list[plan.Socket], options: dict[str, float], mark: Callable[[], None]
) -> Load:
    """Load the sockets; `mark` is called whenever a measured time begins and when it ends."""
    with tempfile.NamedTemporaryFile(suffix=".plan") as file:
        plan.write(sockets, Path(file.name))
        words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        with cores.pinned(cores.REST):
            child = subprocess.Popen(
                [program, "--plan", file.name, *words],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        return _listen(child, mark)


def _listen(child: subprocess.Popen[str], mark: Callable[[], None]) -> Load:
    assert child.stdout is not None
    assert child.stderr is not None
    said = []
    try:
        for line in child.stderr:
            if line.strip() in {"measuring", "measured"}:
                mark()
            else:
                said.append(line)
        report = child.stdout.read()
        child.wait()
    finally:
        child.kill()
    if child.returncode:
        raise Failed("".join(said).strip())
    sys.stderr.write("".join(f"  {line}" for line in said))
    return msgspec.json.decode(report, type=Load)


def _fingerprint() -> str:
    digest = hashlib.sha256(" ".join(FLAGS).encode())
    for source in sorted(SOURCES.iterdir()):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]
