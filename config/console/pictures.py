"""Pictures that apps read."""

import base64

import qrcode
from qrcode.image.svg import SvgPathFillImage


def qr(text: str) -> str:
    """As an address that stands in the page itself: what it holds is a secret and is kept nowhere."""
    drawn = qrcode.make(text, image_factory=SvgPathFillImage, border=2).to_string()
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}"
