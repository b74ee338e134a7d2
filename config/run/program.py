import os
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.run.errors import CannotRun
from core.embedded import logs, processes

PATIENCE = 10.0


@dataclass
class Program:
    """One of our own processes. What it prints goes to `log`, or apart to `output` where that is given."""

    command: list[str]
    environment: Mapping[str, str]
    log: Path
    output: Path | None = None
    child: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log, (self.output or self.log).open("ab") as output:
            self.child = subprocess.Popen(
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=log,
                start_new_session=True,
                preexec_fn=processes.die_with_parent(signal.SIGKILL),
            )
        return self.child

    def ask_to_stop(self) -> None:
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()

    def stop(self) -> None:
        if self.child is not None:
            processes.end_child(self.child, signal.SIGTERM, PATIENCE)
            _end_group(self.child.pid)

    def run(self) -> None:
        """Run to the end; raise if it fails."""
        try:
            code = self.start().wait()
        finally:
            self.stop()
        if code:
            name = " ".join(self.command[1:3])
            raise CannotRun(f"{name} failed. The end of {self.log}:\n{logs.last_lines(self.log, 15)}")


def _end_group(group: int) -> None:
    """Helpers a program may have left behind share its group."""
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
