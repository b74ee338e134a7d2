from typing import NamedTuple


class Location(NamedTuple):
    """As far as it is known; each part may be empty."""

    #: ISO 3166 code of two letters, so that each reader sees the name in their language.
    country: str = ""
    province: str = ""
    city: str = ""
    carrier: str = ""


NOWHERE = Location()
