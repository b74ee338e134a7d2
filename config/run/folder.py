import errno
import os
import secrets
import shutil
from pathlib import Path

from config.run.errors import CannotRun

NEEDED = 150 * 2**20
NEEDED_AGAIN = 30 * 2**20
LARGEST_LOG = 5 * 2**20


def make(data: Path) -> Path:
    """The data folder, absolute. Others may pass through it, as the servers do when we are root."""
    data = data.absolute()
    try:
        if not data.exists():
            data.mkdir(parents=True)
            data.chmod(0o711)
        (data / "logs").mkdir(exist_ok=True)
        _check_writable(data)
    except OSError as error:
        raise CannotRun(explain(data, error)) from error
    return data


def check_room(data: Path) -> None:
    free = shutil.disk_usage(data).free
    needed = NEEDED_AGAIN if (data / "postgres").exists() else NEEDED
    if free < needed:
        raise CannotRun(
            f"The disk of {data} is full: {free >> 20} MB are free and Parley needs {needed >> 20} MB; "
            "make room, or set PARLEY_DATA to a folder on another disk."
        )


def explain(data: Path, error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk of {data} is full: make room, or set PARLEY_DATA to a folder on another disk."
    return (
        f"Parley can't write to {data} ({error.strerror}): set PARLEY_DATA to a folder that it may write to."
    )


def secret_key(data: Path) -> str:
    """Made once, kept in the data folder: signed things stay valid over restarts."""
    file = data / "secret-key"
    if not file.exists():
        making = file.with_suffix(".new")
        making.unlink(missing_ok=True)
        making.touch(mode=0o600)
        making.write_text(secrets.token_urlsafe(50))
        making.replace(file)
    return file.read_text()


def begin_logs(data: Path) -> None:
    """Large logs of earlier runs step aside once."""
    for log in (data / "logs").glob("*.log"):
        if log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_suffix(".log.old"))


def _check_writable(data: Path) -> None:
    trial = data / f".trial-{os.getpid()}"
    trial.write_text("Can this folder be written to?")
    trial.unlink()
