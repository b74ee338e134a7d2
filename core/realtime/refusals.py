"""What can be wrong with a frame or the way it came."""

import msgspec

from core import errors
from protocol.base import Ref


class BadFrame(errors.DomainError):
    """This frame could not be understood: {trouble}"""


class FrameTooLong(errors.DomainError):
    """This is too long: at most {limit} bytes can be sent at once. The connection is closed."""


class Flood(errors.DomainError):
    """Far too many commands were sent at once. The connection is closed; wait a moment before the next."""


class NotOpened(errors.DomainError):
    """Say who you are first: the first frame must be session.open."""


class OpenedAlready(errors.DomainError):
    """This session has been opened already."""


class Unavailable(errors.DomainError):
    """This did not work just now. Nothing is lost; it will be tried again."""


#: What an unreadable frame raises: not JSON, not UTF-8, not a command of ours, nested beyond reason.
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class _Ref(msgspec.Struct):
    ref: Ref | None = None


_ref_decoder = msgspec.json.Decoder(_Ref)


def ref_of(data: bytes) -> int:
    """The number of a command that could not be read whole, 0 where not even that can be found."""
    try:
        return _ref_decoder.decode(data).ref or 0
    except UNREADABLE:
        return 0


def of_frame(data: bytes, trouble: Exception) -> tuple[errors.DomainError, int]:
    """The refusal for a frame that did not decode, and its ref."""
    error = BadFrame(trouble=str(trouble))
    where = str(trouble).rpartition(" - at `$.")[2] if " - at `$." in str(trouble) else ""
    if where:
        error.field = where.rstrip("`")  # type: ignore[misc]
    return error, ref_of(data)
