import functools
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.embedded import namespace, processes
from core.embedded.errors import NotStarted

CANDIDATES = ("postgres", "nobody")
NO_OTHER_USER = (
    "PostgreSQL does not run as root, and no other user reaches {home}: "
    "set PARLEY_DATA to a folder that other users can enter, or run as an ordinary user."
)
NAMELESS = "PostgreSQL does not run as user {user}, who has no name on this machine: run as one who has."


@dataclass(frozen=True)
class Account:
    """Whom a server runs as: ourselves, another user, or ourselves under another user's number."""

    user: int | None = None
    group: int | None = None
    disguised: bool = False

    def popen(self, farewell: signal.Signals | None = None) -> dict[str, Any]:
        """Arguments for Popen; with `farewell`, the signal that follows our own death."""
        user: dict[str, Any] = (
            {} if self.user is None else {"user": self.user, "group": self.group, "extra_groups": []}
        )
        tie = processes.die_with_parent(farewell) if farewell else None
        return {**user, "umask": 0o077, "cwd": "/", "preexec_fn": functools.partial(self._before, tie)}

    def give(self, path: Path) -> None:
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group)

    def reaches(self, folder: Path) -> bool:
        return self._succeeds("/bin/sh", "-c", 'cd "$0" && test -w .', str(folder))

    def runs(self, program: Path) -> bool:
        return self._succeeds(str(program), "--version")

    def _succeeds(self, *command: str) -> bool:
        try:
            done = subprocess.run(command, capture_output=True, **self.popen())
        except (OSError, subprocess.SubprocessError):
            return False
        return done.returncode == 0

    def _before(self, tie: Callable[[], None] | None) -> None:
        if self.disguised:
            namespace.enter()
        # Afterwards, as a change of user makes the kernel forget it.
        if tie is not None:
            tie()


def choose(home: Path) -> Account:
    """PostgreSQL refuses to run as root or as a user without a name: find an account for data in `home`."""
    if os.geteuid() == 0:
        return _instead_of_root(home)
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        raise NotStarted(
            f"{home} belongs to another user: run as that user, or set PARLEY_DATA to a new folder."
        )
    return Account() if _has_a_name(os.geteuid()) else _disguised(home, NAMELESS)


def _instead_of_root(home: Path) -> Account:
    owner = home.stat()
    if owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    # Data that root owns was made in a namespace, and goes on there.
    made_before = any(home.iterdir())
    return (None if made_before else _unprivileged(home)) or _disguised(home, NO_OTHER_USER)


def _unprivileged(home: Path) -> Account | None:
    for known in filter(None, map(_find, CANDIDATES)):
        account = Account(known.pw_uid, known.pw_gid)
        account.give(home)
        if account.reaches(home):
            return account
        os.chown(home, 0, 0)
    return None


def _disguised(home: Path, otherwise: str) -> Account:
    account = Account(disguised=True)
    if sys.platform == "linux" and account.reaches(home):
        return account
    raise NotStarted(otherwise.format(home=home, user=os.geteuid()))


def _find(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _has_a_name(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True
