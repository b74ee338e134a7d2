"""What has run is started again for as long as it takes; a full disk ends nothing that runs."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from config.run import records, supervisor, watch
from config.run.errors import CannotRun
from config.run.supervisor import Supervisor
from config.run.watch import Watch


class Short:
    """A process that ends at once."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        self.child = subprocess.Popen([sys.executable, "-c", "pass"])
        self.child.wait(10)
        return self.child

    def stop(self) -> None: ...


@pytest.fixture
def short(tmp_path, monkeypatch):
    monkeypatch.setattr(watch, "PAUSE", 0.0)
    (tmp_path / "log").write_text("why")
    return Short(tmp_path / "log")


def test_what_never_lived_is_given_up(short):
    watched = Watch("worker", short)
    watched.start()
    looks = (watched.look() for _ in range(watch.MOST_SHORT_LIVES))
    with pytest.raises(CannotRun, match="5 times in a row"):
        list(looks)


def test_what_has_lived_is_not_given_up(short, monkeypatch):
    watched = Watch("worker", short)
    watched.start()
    monkeypatch.setattr(watch, "SHORT_LIFE", 0.0)
    watched.look()
    monkeypatch.setattr(watch, "SHORT_LIFE", 5.0)
    assert all(watched.look() for _ in range(3 * watch.MOST_SHORT_LIVES))


def test_a_full_disk_ends_nothing_and_the_list_is_written_later(short, tmp_path, monkeypatch):
    written = []

    def full(data, pids):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(supervisor, "PULSE", 0.0)
    everything = Supervisor(tmp_path)
    everything.start({"worker": short})
    monkeypatch.setattr(records, "write", full)
    everything._pulse()
    assert not everything.is_recorded
    monkeypatch.setattr(records, "write", lambda data, pids: written.append(pids))
    everything._pulse()
    assert len(written) == 1
