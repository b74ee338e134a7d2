"""The names of the environment that the product reads, from its source."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("core", "companies", "accounts", "widgets", "chat", "config")
_READ = re.compile(
    r"""env\.env_\w+\(\s*"(\w+)"|os\.environ(?:\.get\(|\[)\s*"([A-Z_]+)"|environment\.get\("([A-Z_]+)\""""
)
#: The system's own.
_NOT_OURS = {"PATH", "HOME", "TMPDIR"}


def names() -> set[str]:
    found = {name for file in _sources() for names in _READ.findall(file.read_text("utf8")) for name in names}
    return {*found, "DJANGO_SETTINGS_MODULE"} - _NOT_OURS - {""}


def _sources() -> list[Path]:
    files = [file for app in APPS for file in (ROOT / app).rglob("*.py")]
    return [file for file in files if "tests" not in file.parts]
