"""What every frame shares: a `type` tag, no unknown fields, times as whole milliseconds since 1970 in UTC."""

from typing import Annotated

import msgspec

#: Whole numbers that a browser can hold: up to 2^53 - 1.
Ref = Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]


class Payload(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of a frame."""


class Command(Payload, frozen=True, kw_only=True):
    """What a client asks. The server answers each with `ack` or `refused` under the same `ref`."""

    #: The client's own number for this command, unique on its socket.
    ref: Ref


class Event(Payload, frozen=True, kw_only=True):
    """What the server says."""
