import time
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Protocol

from config.run.errors import CannotRun
from core.embedded import logs
from core.embedded.errors import NotStarted

#: A life shorter than this counts as dying at once; so many of them in a row after the first start are the end.
SHORT_LIFE = 5.0
MOST_SHORT_LIVES = 5
PAUSE = 0.4
LONGEST_PAUSE = 5.0


class Process(Protocol):
    log: Path
    child: Popen[bytes] | None

    def start(self) -> Popen[bytes]: ...

    def stop(self) -> None: ...


@dataclass
class Watch:
    """Keeps one process alive, up to the point where that is pointless."""

    name: str
    process: Process
    short_lives: int = 0
    #: It has lived for long once: what ends it now, such as a full disk, may pass.
    has_lived: bool = False
    began: float = 0.0
    due: float = 0.0

    @property
    def pid(self) -> int | None:
        child = self.process.child
        return child.pid if child is not None and child.poll() is None else None

    def start(self) -> None:
        self.began = time.monotonic()
        self.process.start()

    def look(self) -> bool:
        """Start the process again if it died; true when it was."""
        if self.pid is not None:
            return False
        if self.began:
            self._count_death()
        if time.monotonic() < self.due:
            return False
        return self._start_again()

    def _count_death(self) -> None:
        lived = time.monotonic() - self.began
        self.began = 0.0
        self.has_lived = self.has_lived or lived >= SHORT_LIFE
        self.short_lives = self.short_lives + 1 if lived < SHORT_LIFE else 0
        self.due = time.monotonic() + min(LONGEST_PAUSE, PAUSE * max(0, self.short_lives - 1))
        print(f"{self.name} ended {self._how()}; starting it again.", flush=True)
        if self.short_lives >= MOST_SHORT_LIVES and not self.has_lived:
            raise CannotRun(self._why())

    def _why(self) -> str:
        log = self.process.log
        return (
            f"{self.name} ended {self.short_lives} times in a row right after its start, "
            f"the last time {self._how()}. The end of {log}:\n{logs.last_lines(log, 15)}"
        )

    def _start_again(self) -> bool:
        try:
            self.start()
        except NotStarted as trouble:
            print(trouble, flush=True)
            return False
        return True

    def _how(self) -> str:
        child = self.process.child
        code = child.poll() if child is not None else None
        if code is None:
            return "without a word"
        return f"by signal {-code}" if code < 0 else f"with exit code {code}"
