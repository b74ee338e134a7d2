"""Time zones to choose from."""

import functools
import zoneinfo

_REGIONS = (
    "Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/",
    "Pacific/",
)  # fmt: skip


@functools.cache
def choices() -> tuple[tuple[str, str], ...]:
    """UTC, and each place as the zone database names it."""
    places = sorted(zone for zone in zoneinfo.available_timezones() if zone.startswith(_REGIONS))
    return tuple((zone, zone.replace("_", " ")) for zone in ("UTC", *places))
