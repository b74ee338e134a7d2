import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from tools.setup import stamps
from tools.setup.progress import heading
from tools.setup.shell import PYTHON, run
from tools.setup.trouble import Trouble, explain

VENV = Path(".venv")
RUN = Path("requirements.txt")
DEVELOP = Path("requirements-dev.txt")


def environment() -> None:
    """A virtual environment of this Python; one that works stays."""
    if _works():
        return
    if not (_has("venv") and _has("ensurepip")):
        raise Trouble(
            f"{sys.executable} can't make virtual environments: install its venv module "
            f"(on Debian and Ubuntu: apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv)."
        )
    heading(f"Making a virtual environment with Python {sys.version.split()[0]}")
    if VENV.exists():
        shutil.rmtree(VENV)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode:
        said = made.stdout + made.stderr
        raise Trouble(explain(said, "pip") or f"The virtual environment could not be made: {said}")


def packages(lock: Path) -> None:
    """Exactly the packages of a lock file, checked by their hashes; nothing is compiled here."""
    wanted = stamps.digest([lock])
    if stamps.is_fresh(lock.stem, wanted):
        return
    heading(f"Installing {lock.read_text().count('==')} Python packages ({lock})")
    options = ["--require-hashes", "--only-binary", ":all:", "--retries", "2", "--progress-bar", "off"]
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
    run([*pip, "install", *options, "-r", str(lock)], "pip")
    stamps.write(lock.stem, wanted)


def _works() -> bool:
    # ensurepip comes last when an environment is made: without pip it was interrupted.
    if not (VENV / "bin" / "pip").exists():
        return False
    try:
        return subprocess.run([PYTHON, "-c", ""], capture_output=True).returncode == 0
    except OSError:
        return False


def _has(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ImportError:
        return False
