"""An event made ready for many sockets: encoded once, framed once."""

import msgspec

encoder = msgspec.json.Encoder()


def framed(payload: bytes) -> bytes:
    """The payload as one unmasked WebSocket text frame (RFC 6455, 5.2)."""
    size = len(payload)
    if size < 126:
        return b"\x81" + bytes((size,)) + payload
    if size < 65536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


class Packet:
    """The bytes of one event; the WebSocket frame is built when the first socket asks for it."""

    __slots__ = ("_frame", "payload")

    def __init__(self, payload: bytes) -> None:
        self.payload = payload
        self._frame: bytes | None = None

    @property
    def frame(self) -> bytes:
        if self._frame is None:
            self._frame = framed(self.payload)
        return self._frame


def packet(event: msgspec.Struct) -> Packet:
    return Packet(encoder.encode(event))
