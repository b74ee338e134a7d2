"""Pictures that people upload: looked at, made small and square, and kept without anything but the picture.

A picture has a name nobody can guess: whoever was given it may load it without a sign-in.
"""

import functools
import io
import re
import secrets
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import filetype
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image, ImageOps

from core.pictures import errors
from core.tenancy import context

#: What an upload may have: bytes, and pixels once it is unpacked.
MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
TYPES = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP", "image/gif": "GIF"}
TYPE = "image/webp"
#: So many are unpacked at once in one process, where a file of 150 kB may take 500 MB; and seconds others wait.
_turns = threading.BoundedSemaphore(2)
_PATIENCE = 5.0
#: Sides of a face, in pixels.
SIZES = (32, 64, 256)
#: What a logo fits into.
LOGO = (512, 128)
_FILE = re.compile(r"[0-9a-f]{40}-(?:32|64|256|logo)\.webp")


class File(NamedTuple):
    """One size of a picture, ready to be kept."""

    size: str
    content: bytes


def keep_face(upload: bytes) -> str:
    """Keep it in each size; the name by which it is found in the company one is in."""
    with _in_turn():
        largest = ImageOps.fit(_read(upload), (SIZES[-1], SIZES[-1]))
    return _keep([File(str(side), _encoded(ImageOps.fit(largest, (side, side)))) for side in SIZES])


def keep_logo(upload: bytes) -> str:
    """Keep it as wide or high as it is, but no larger than a logo has to be."""
    with _in_turn():
        image = _read(upload)
        image.thumbnail(LOGO)
    return _keep([File("logo", _encoded(image))])


def forget(name: str) -> None:
    """Once the transaction is committed. Only for a name that no row has any more."""
    paths = [_path(f"{name}-{size}.webp") for size in (*SIZES, "logo")] if name else []
    for path in paths:
        transaction.on_commit(functools.partial(default_storage.delete, path))


def load(file_name: str) -> bytes | None:
    """What was kept in the company one is in under exactly this name."""
    if not _FILE.fullmatch(file_name):
        return None
    try:
        with default_storage.open(_path(file_name)) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


def stored_bytes() -> int:
    """Everything that is kept in the company one is in."""
    folder = _folder()
    try:
        _, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return 0
    return sum(_size(f"{folder}/{file}") for file in files)


def _size(path: str) -> int:
    try:
        return default_storage.size(path)
    except FileNotFoundError:  # forgotten a moment ago
        return 0


@contextmanager
def _in_turn() -> Iterator[None]:
    if not _turns.acquire(timeout=_PATIENCE):
        raise errors.PicturesWait
    try:
        yield
    finally:
        _turns.release()


def _read(upload: bytes) -> Image.Image:
    """The first frame, upright."""
    if len(upload) > MOST_BYTES:
        raise errors.PictureTooLarge
    form = TYPES.get(filetype.guess_mime(upload) or "")
    if form is None:
        raise errors.PictureUnknown
    try:
        return _unpacked(Image.open(io.BytesIO(upload), formats=[form]))
    except Image.DecompressionBombError:
        raise errors.PictureHasTooManyPixels from None
    except (OSError, SyntaxError, ValueError, struct.error, EOFError):
        raise errors.PictureBroken from None


def _unpacked(image: Image.Image) -> Image.Image:
    # Until now only its first bytes were looked at.
    if image.width * image.height > MOST_PIXELS:
        raise errors.PictureHasTooManyPixels
    # JPEG can be read smaller than it is.
    image.draft("RGB", (2 * SIZES[-1], 2 * SIZES[-1]))
    return ImageOps.exif_transpose(image).convert("RGBA" if image.has_transparency_data else "RGB")


def _encoded(image: Image.Image) -> bytes:
    # Place, camera, colours' profile: nothing that was said beside the picture is kept.
    image.info = {}
    written = io.BytesIO()
    image.save(written, "WEBP", quality=85, method=4)
    return written.getvalue()


def _keep(files: list[File]) -> str:
    """Under a name of its own each time: what one person takes off, nobody else is just putting on."""
    name = secrets.token_hex(20)
    for file in files:
        default_storage.save(_path(f"{name}-{file.size}.webp"), ContentFile(file.content))
    return name


def _path(file_name: str) -> str:
    return f"{_folder()}/{file_name}"


def _folder() -> str:
    return f"{context.schema()}/pictures"
