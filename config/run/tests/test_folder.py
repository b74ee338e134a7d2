import errno
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from config.run import folder
from config.run.errors import CannotRun


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_a_folder_that_cannot_be_made_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotRun, match=r"Parley can't write to .*file/var .*set PARLEY_DATA"):
        folder.make(tmp_path / "file" / "var")


def test_a_read_only_folder_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(CannotRun, match=r"can't write to .* \(Read-only file system\)"):
        folder.make(tmp_path / "var")


def test_a_full_disk_is_told_before_anything_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(2**30, 2**30, 2**20))
    with pytest.raises(CannotRun, match="is full: 1 MB are free and Parley needs 150 MB"):
        folder.check_room(tmp_path)


def test_a_disk_that_fills_up_is_told_as_such(tmp_path: Path) -> None:
    sentence = folder.explain(tmp_path, OSError(errno.ENOSPC, "No space left on device"))
    assert sentence.startswith(f"The disk of {tmp_path} is full")


def test_large_logs_step_aside(tmp_path: Path) -> None:
    data = folder.make(tmp_path / "var")
    (data / "logs" / "live.log").write_bytes(b"x" * (folder.LARGEST_LOG + 1))
    (data / "logs" / "beat.log").write_bytes(b"x")
    folder.begin_logs(data)
    assert sorted(path.name for path in (data / "logs").iterdir()) == ["beat.log", "live.log.old"]
