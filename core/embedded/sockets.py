import os
import shutil
import tempfile
from pathlib import Path

# The kernel's struct sockaddr_un holds 108 bytes on Linux and 104 on macOS, the final zero included.
LONGEST_PATH = 103


def folder_for(home: Path, name: str) -> Path:
    """`home` itself when the socket `name` in it has a short enough path, else a new private folder."""
    if len(os.fsencode(home / name)) <= LONGEST_PATH:
        return home
    return Path(tempfile.mkdtemp(prefix="parley-", dir=_short_temporary_folder(name)))


def forget(folder: Path, home: Path) -> None:
    if folder != home:
        shutil.rmtree(folder, ignore_errors=True)


def _short_temporary_folder(name: str) -> str:
    usual = tempfile.gettempdir()
    fits = len(os.fsencode(f"{usual}/parley-12345678/{name}")) <= LONGEST_PATH
    return usual if fits else "/tmp"  # noqa: S108 - mkdtemp makes a private folder in it
