"""What processes tell each other about agents who are to leave; clients never see it."""

from typing import Literal

import msgspec

Reason = Literal["signed_out", "refused"]


class Dismissed(msgspec.Struct, tag=True):
    """Every socket of an agent closes, but for those of one sign-in, by the names they may have."""

    reason: Reason
    but: frozenset[str] = frozenset()


class Renewed(msgspec.Struct, tag=True):
    """The sockets of one sign-in come again, by the key it has now."""

    session: str


decoder = msgspec.json.Decoder(Dismissed | Renewed)
