import itertools
from collections.abc import Iterator
from pathlib import Path

from tools.setup import stamps
from tools.setup.progress import heading
from tools.setup.shell import PYTHON, run

FOLDER = Path("frontend")
MADE = {"node_modules", "dist"}
# npm by itself tries for minutes before it says that there is no network.
PATIENCE = ("--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000")


def packages() -> None:
    """The front end's packages, exactly as locked."""
    wanted = stamps.digest([FOLDER / "package.json", FOLDER / "package-lock.json"])
    if (FOLDER / "node_modules/.package-lock.json").exists() and stamps.is_fresh("npm", wanted):
        return
    heading("Installing the front end's packages")
    _npm("ci", *PATIENCE)
    stamps.write("npm", wanted)


def build() -> None:
    """The files that browsers get; templates count too, as the build gathers the icons they name."""
    wanted = stamps.digest(itertools.chain(_sources(), _templates()))
    if (FOLDER / "dist/manifest.json").exists() and stamps.is_fresh("build", wanted):
        return
    heading("Building the front end")
    _npm("run", "build")
    stamps.write("build", wanted)


def _npm(*arguments: str) -> None:
    run([str(PYTHON), "-m", "tools.npm", *arguments], "npm")


def _sources() -> Iterator[Path]:
    for entry in FOLDER.iterdir():
        if entry.name not in MADE:
            yield from filter(Path.is_file, [entry, *entry.rglob("*")])


def _templates() -> Iterator[Path]:
    for pattern in ("templates/**/*.html", "*/templates/**/*.html"):
        yield from Path().glob(pattern)
