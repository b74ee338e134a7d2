"""QR codes as one line of SVG, so that no page needs a picture from elsewhere."""

from typing import NamedTuple

import qrcode

#: Modules of white around it, which cameras need.
_MARGIN = 2


class Code(NamedTuple):
    size: int
    #: For <path d="…"> in a view box of that size, one unit for a module.
    path: str


def of(text: str) -> Code:
    made = qrcode.QRCode(border=_MARGIN, error_correction=qrcode.ERROR_CORRECT_M)
    made.add_data(text)
    rows = made.get_matrix()
    squares = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return Code(len(rows), "".join(squares))
