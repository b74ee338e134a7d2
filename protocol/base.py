"""What every frame shares: a `type` tag, no unknown fields, times as whole milliseconds since 1970 in UTC."""

import msgspec


class Payload(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of a frame."""


class Command(Payload, frozen=True, kw_only=True):
    """What a client asks. The server answers each with `ack` or `refused` under the same `ref`."""

    #: The client's own number for this command, unique on its socket.
    ref: int


class Event(Payload, frozen=True, kw_only=True):
    """What the server says."""
