import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools.setup.progress import LOG, Ticker
from tools.setup.trouble import Trouble, explain

PYTHON = Path(".venv/bin/python").absolute()
KEPT = 200


def run(command: Sequence[str], client: str, cwd: str = ".", env: dict[str, str] | None = None) -> None:
    """Run a program, its lines into the log and one at a time on the screen; raise Trouble if it fails."""
    ticker = Ticker()
    lines: list[str] = []
    with LOG.open("a", encoding="utf8") as log, _start(command, cwd, env) as child:
        assert child.stdout is not None
        for line in child.stdout:
            log.write(line)
            lines = [*lines[-KEPT:], line]
            ticker.show(line)
    ticker.clear()
    if child.returncode:
        raise Trouble(_why(command, client, lines))


def _start(command: Sequence[str], cwd: str, env: dict[str, str] | None) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        command,
        cwd=cwd,
        env=os.environ | _caches() | (env or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


def _caches() -> dict[str, str]:
    """Without a home that can be written to, package managers keep their caches beside the environment."""
    home = Path(os.environ.get("HOME", "/nonexistent"))
    if os.access(home, os.W_OK):
        return {}
    cache = Path(".venv/cache").absolute()
    return {"PIP_CACHE_DIR": f"{cache}/pip", "npm_config_cache": f"{cache}/npm", "HOME": str(cache)}


def _why(command: Sequence[str], client: str, lines: list[str]) -> str:
    sentence = explain("".join(lines), client)
    if sentence:
        return f"{sentence} ({LOG} has the details.)"
    return f"{' '.join(map(str, command[:6]))} failed:\n{''.join(lines[-15:])}"
