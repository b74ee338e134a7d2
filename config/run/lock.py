import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.run.errors import CannotRun


@contextmanager
def held(data: Path) -> Iterator[None]:
    """One Parley for one data folder. The kernel lets go of it however we end."""
    with (data / "run.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise CannotRun(
                f"Parley already runs with the data in {data} (process {file.read().strip()}): "
                "stop it first, or set PARLEY_DATA to another folder."
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
