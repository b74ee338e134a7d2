"""Runs a command beside a PostgreSQL and a Valkey made for it: python -m config.run.services -- pytest."""

import argparse
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.run import folder, servers
from core.embedded import processes
from core.embedded.errors import NotStarted


def main() -> int:
    options = _options()
    try:
        with _data(options.keep) as data, _environment(data) as environment:
            return _run(options.command, environment)
    except NotStarted as trouble:
        print(trouble, file=sys.stderr)
        return 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m config.run.services", description=__doc__)
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="use this folder and leave it for next time"
    )
    parser.add_argument("command", nargs="+")
    return parser.parse_args()


@contextmanager
def _data(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        yield folder.make(keep)
        return
    temporary = Path(tempfile.mkdtemp(prefix="parley-"))
    try:
        temporary.chmod(0o711)
        yield folder.make(temporary)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def _environment(data: Path) -> Iterator[dict[str, str]]:
    # Servers given from outside are not used: they may hold real data.
    ours = servers.missing(data, given=(), durable=False)
    try:
        for server in ours.values():
            server.start()
        urls = {servers.VARIABLES[name]: server.url for name, server in ours.items()}
        yield os.environ | urls | {"PARLEY_DATA": str(data), "PARLEY_SECRET_KEY": secrets.token_urlsafe(50)}
    finally:
        for server in ours.values():
            server.stop()


def _run(command: list[str], environment: dict[str, str]) -> int:
    # Ctrl-C reaches the command by itself; we wait for how it ends, then clean up.
    signal.signal(signal.SIGINT, lambda *_: None)
    child = subprocess.Popen(command, env=environment, preexec_fn=processes.die_with_parent(signal.SIGTERM))
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    code = child.wait()
    return 128 - code if code < 0 else code


if __name__ == "__main__":
    raise SystemExit(main())
