"""What a request says, and what can be wrong with it."""

from typing import Annotated

import msgspec

_Number = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
_Name = Annotated[str, msgspec.Meta(max_length=80, pattern="^[A-Za-z0-9_-]*$")]


class Said(msgspec.Struct, forbid_unknown_fields=True):
    """The body of every request; a client that has no session yet names none."""

    session: _Name = ""
    #: The highest number of a frame that the client has.
    heard: _Number = 0
    #: The number of the first of these frames of its own.
    number: _Number = 1
    frames: list[msgspec.Raw] = []


class Batch(msgspec.Struct, array_like=True):
    """Frames for the client, one number after another; with a code when nothing comes after them."""

    first: int
    frames: list[bytes]
    code: int | None = None


class NotTakenError(Exception):
    """The request cannot be carried out: with which HTTP status, and the code its session closed with."""

    def __init__(self, status: int, code: int | None = None) -> None:
        super().__init__(status, code)
        self.status = status
        self.code = code


#: A frame is missing before the first of these.
GAP = 409
#: There is no such session, or no longer.
GONE = 410
TOO_LONG = 413
#: The process that has the session does not answer, or this one has too many.
BUSY = 503
