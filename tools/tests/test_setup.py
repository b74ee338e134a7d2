import errno
from pathlib import Path

import pytest

from tools.setup import python, stamps, trouble


@pytest.mark.parametrize(
    ("output", "client", "sentence"),
    [
        (
            "[Errno -3] Temporary failure in name resolution",
            "pip",
            "The Python Package Index is not in reach",
        ),
        ("npm error code ECONNREFUSED", "npm", "The npm registry is not in reach"),
        ("OSError: [Errno 28] No space left on device", "pip", "The disk is full"),
        ("npm error code EROFS", "npm", "This folder is on a read-only disk"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "pip", "A package is not the one that was tested"),
    ],
)
def test_usual_causes_get_a_sentence(output: str, client: str, sentence: str) -> None:
    assert (trouble.explain(output, client) or "").startswith(sentence)


def test_an_unusual_cause_gets_none() -> None:
    assert trouble.explain("error TS2304: Cannot find name 'x'", "npm") is None


def test_a_full_disk_is_told_in_one_sentence() -> None:
    assert trouble.explain_error(OSError(errno.ENOSPC, "x")) == "The disk is full: make room and start again."


def test_a_python_without_venv_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(python, "_has", lambda module: module != "ensurepip")
    with pytest.raises(trouble.Trouble, match=r"can't make virtual environments: install its venv module"):
        python.environment()


def test_a_stamp_is_fresh_until_a_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "FOLDER", tmp_path / "stamps")
    file = tmp_path / "lock"
    file.write_text("one")
    stamps.write("lock", stamps.digest([file]))
    assert stamps.is_fresh("lock", stamps.digest([file]))
    file.write_text("two")
    assert not stamps.is_fresh("lock", stamps.digest([file]))
