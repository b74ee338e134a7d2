"""What processes tell each other about agents who are to leave; clients never see it."""

from typing import Literal

import msgspec

Reason = Literal["signed_out", "refused"]


class Dismissed(msgspec.Struct):
    """Every socket of an agent closes, but for those of one sign-in."""

    reason: Reason
    but: str = ""


decoder = msgspec.json.Decoder(Dismissed)
