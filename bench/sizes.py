"""How much of a customer's visitors' lines Parley takes: files as they are built, gzipped."""

import gzip
from pathlib import Path

from django.conf import settings

from bench.report import Finding, row
from core import assets


def loader() -> Finding:
    return _finding("loader_bytes", ["loader.js"])


def window() -> Finding:
    """What the chat window loads first; what it loads later, when it is asked for, is not counted."""
    found = assets.of("visitor")
    return _finding("window_bytes", [*found.scripts, *found.imports, *found.styles])


def _finding(name: str, files: list[str]) -> Finding:
    try:
        total = sum(gzipped(settings.FRONTEND_DIST / file) for file in files)
    except FileNotFoundError:
        raise assets.FrontEndMissing from None
    return Finding(row(name, total, None, "bytes", f"gzip -9 of {', '.join(files)}"))


def gzipped(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), compresslevel=9, mtime=0))
