from core.errors import DomainError


class PictureTooLarge(DomainError):
    """This file has more than 5 MB. Make it smaller, or choose another."""

    field = "picture"


class PictureHasTooManyPixels(DomainError):
    """This picture has more than 40 million pixels. Make it smaller, or choose another."""

    field = "picture"


class PictureUnknown(DomainError):
    """This is no picture we can read. Choose a PNG, JPEG, WebP or GIF file."""

    field = "picture"


class PictureBroken(DomainError):
    """This file looks like a picture, but it is damaged. Choose another."""

    field = "picture"


class PicturesWait(DomainError):
    """Several pictures are being read just now. Try again in a moment."""

    field = "picture"
