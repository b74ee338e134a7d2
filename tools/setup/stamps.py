import hashlib
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(".venv/stamps")


def digest(files: Iterable[Path], *also: str) -> str:
    """One hash for the names and contents of files."""
    result = hashlib.sha256("\0".join(also).encode())
    for file in sorted(files):
        result.update(f"\0{file}\0".encode())
        result.update(file.read_bytes())
    return result.hexdigest()


def is_fresh(name: str, value: str) -> bool:
    stamp = FOLDER / name
    return stamp.exists() and stamp.read_text() == value


def write(name: str, value: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / name).write_text(value)
