"""What comes from npm: fetched once, when a test first needs it, with the Node the product brings."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "browser"


def find(name: str) -> Path:
    """The folder of an npm package named in browser/package.json."""
    folder = FOLDER / "node_modules" / name
    if not (folder / "package.json").exists():
        optional = [] if name.startswith("@sparticuz/") else ["--omit=optional"]
        _npm("ci", "--ignore-scripts", *optional)
    return folder


def _npm(*arguments: str) -> None:
    command = [sys.executable, "-m", "tools.npm", "--prefix", str(FOLDER), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise RuntimeError(f"npm could not fetch what the browser tests need:\n{done.stdout}{done.stderr}")
