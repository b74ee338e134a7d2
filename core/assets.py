"""Which files the front end's build made, by its manifest."""

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Assets:
    """What one part of the front end needs: its script, the scripts that one imports, its styles."""

    script: str
    imports: tuple[str, ...]
    styles: tuple[str, ...]


class FrontEndMissing(ImproperlyConfigured):
    """The front end is not built. Build it with: make setup"""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def of(part: str) -> Assets:
    """Files of one part; of the present build, also when that changed while we were running."""
    manifest = _read(settings.FRONTEND_DIST / "manifest.json")
    for key, chunk in manifest.items():
        if chunk.get("isEntry") and chunk.get("name") == part:
            return _gather(manifest, key)
    raise LookupError(f"The front end has no part named {part}")


def icon(name: str) -> str:
    """The lines of an icon, as the build took them for the templates that name it."""
    icons = _read(settings.FRONTEND_DIST / "icons.json")
    if name not in icons:
        raise LookupError(f"The built front end has no icon {name}: build it again")
    return str(icons[name])


def _gather(manifest: dict[str, Any], key: str) -> Assets:
    script, *imported = _walk(manifest, key, set())
    styles = dict.fromkeys(style for chunk in [*imported, script] for style in chunk.get("css", []))
    return Assets(script["file"], tuple(chunk["file"] for chunk in imported), tuple(styles))


def _walk(manifest: dict[str, Any], key: str, seen: set[str]) -> Iterator[dict[str, Any]]:
    if key in seen:
        return
    seen.add(key)
    yield manifest[key]
    for imported in manifest[key].get("imports", []):
        yield from _walk(manifest, imported, seen)


def _read(path: Path) -> dict[str, Any]:
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        raise FrontEndMissing from None
    return _parse(path, changed)


@functools.lru_cache(maxsize=8)
def _parse(path: Path, changed: int) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(path.read_text(encoding="utf8"))
    return parsed
