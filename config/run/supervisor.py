import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from config.run import records
from config.run.errors import CannotRun
from config.run.program import Program
from config.run.tail import Tail
from config.run.watch import Process, Watch

PULSE = 0.1
PATIENCE = 90.0
# Our own processes are asked without a proxy, whatever the environment says.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass
class Supervisor:
    """Starts what it is given, in order, keeps it running, and ends it in the opposite order."""

    data: Path
    watches: dict[str, Watch] = field(default_factory=dict)
    shown: list[Tail] = field(default_factory=list)
    is_recorded: bool = True

    def start(self, processes: Mapping[str, Process]) -> None:
        for name, process in processes.items():
            watch = self.watches[name] = Watch(name, process)
            watch.start()
        self._record()

    def show(self, file: Path) -> None:
        self.shown.append(Tail(file))

    def wait_for(self, url: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not answers(url):
            if time.monotonic() > deadline:
                raise CannotRun(
                    f"{url} did not answer within {PATIENCE:.0f} seconds: see {self.data / 'logs'}."
                )
            self._pulse()

    def stay(self) -> None:
        """Until a signal or a process that won't live raises."""
        while True:
            self._pulse()

    def stop(self) -> None:
        self._show_news()
        running = [watch.process for watch in reversed(self.watches.values())]
        for process in running:
            if isinstance(process, Program):
                process.ask_to_stop()
        for process in running:
            process.stop()
        records.forget(self.data)

    def _pulse(self) -> None:
        time.sleep(PULSE)
        self._show_news()
        if any(watch.look() for watch in self.watches.values()) or not self.is_recorded:
            self._record_if_possible()

    def _show_news(self) -> None:
        for tail in self.shown:
            tail.show()

    def _record_if_possible(self) -> None:
        """A full disk ends nothing that runs; the list is written once there is room."""
        self.is_recorded = False
        with suppress(OSError):
            self._record()
            self.is_recorded = True

    def _record(self) -> None:
        records.write(self.data, {name: pid for name, watch in self.watches.items() if (pid := watch.pid)})


def answers(url: str) -> bool:
    try:
        with OPENER.open(url, timeout=2) as response:
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError):
        return False


@contextmanager
def supervised(data: Path, begin: Callable[[], None] = lambda: None) -> Iterator[Supervisor]:
    """A supervisor whose processes are gone when the block ends, whatever ended it."""
    supervisor = Supervisor(data)
    try:
        yield supervisor
    finally:
        begin()
        supervisor.stop()
