"""manage.py beside a running `make run`, with its database: python -m config.run.manage make_operator olga."""

import os
import sys
from pathlib import Path

from config.run import folder, servers
from config.run.errors import CannotRun


def main() -> None:
    try:
        environment = _environment(folder.make(Path(os.environ.get("PARLEY_DATA") or "var")))
    except CannotRun as trouble:
        sys.exit(str(trouble))
    command = [sys.executable, str(Path(__file__).parents[2] / "manage.py"), *sys.argv[1:]]
    os.execve(command[0], command, environment)  # noqa: S606  no shell is meant


def _environment(data: Path) -> dict[str, str]:
    given = {name for name in servers.VARIABLES.values() if os.environ.get(name)}
    urls = {servers.VARIABLES[name]: server.url for name, server in servers.missing(data, given).items()}
    key = os.environ.get("PARLEY_SECRET_KEY") or folder.secret_key(data)
    return {**os.environ, **urls, "PARLEY_DATA": str(data), "PARLEY_SECRET_KEY": key}


if __name__ == "__main__":
    main()
