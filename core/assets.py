"""Which files the front end's build made, by its manifest."""

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Assets:
    """What parts of the front end need: their scripts, the scripts those import, their styles."""

    scripts: tuple[str, ...]
    imports: tuple[str, ...]
    styles: tuple[str, ...]


class FrontEndMissing(ImproperlyConfigured):
    """The front end is not built. Build it with: make setup"""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def of(*parts: str) -> Assets:
    """Files of these parts, each once; of the present build, also when that changed while we were running."""
    manifest = _read(settings.FRONTEND_DIST / "manifest.json")
    own = [_entry(manifest, part) for part in parts]
    every = _with_imports(manifest, own)
    imported = every[len(own) :]
    styles = [style for key in [*reversed(imported), *own] for style in manifest[key].get("css", [])]
    return Assets(
        scripts=tuple(manifest[key]["file"] for key in own),
        imports=tuple(manifest[key]["file"] for key in imported),
        styles=tuple(dict.fromkeys(styles)),
    )


def changed_at() -> int:
    """Tells one build from another."""
    return _changed_at(settings.FRONTEND_DIST / "manifest.json")


def icon(name: str) -> str:
    """The lines of an icon, as the build took them for the templates that name it."""
    icons = _read(settings.FRONTEND_DIST / "icons.json")
    if name not in icons:
        raise LookupError(f"The built front end has no icon {name}: build it again")
    return str(icons[name])


def _entry(manifest: dict[str, Any], part: str) -> str:
    for key, chunk in manifest.items():
        if chunk.get("isEntry") and chunk.get("name") == part:
            return key
    raise LookupError(f"The front end has no part named {part}")


def _with_imports(manifest: dict[str, Any], keys: list[str]) -> list[str]:
    found = list(keys)
    for key in found:  # grows under way
        found += [each for each in manifest[key].get("imports", []) if each not in found]
    return found


def _read(path: Path) -> dict[str, Any]:
    return _parse(path, _changed_at(path))


def _changed_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        raise FrontEndMissing from None


@functools.lru_cache(maxsize=8)
def _parse(path: Path, changed: int) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(path.read_text(encoding="utf8"))
    return parsed
