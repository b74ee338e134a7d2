"""A file of the operator's own, in MaxMind's format (DB-IP and others write it too)."""

import functools
import ipaddress
import logging
from typing import Any

import maxminddb
from django.conf import settings

from core.geo.location import Location

logger = logging.getLogger(__name__)


def find(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> Location | None:
    reader = _opened(settings.GEO_MMDB)
    if reader is None:
        return None
    try:
        found = reader.get(ip)
    except ValueError:
        # A file for IPv4 alone was asked for IPv6.
        return None
    return _location(found) if isinstance(found, dict) else None


def _location(found: dict[str, Any]) -> Location:
    divisions = found.get("subdivisions") or [{}]
    carrier = found.get("isp") or found.get("autonomous_system_organization") or ""
    country = found.get("country") or {}
    return Location(country.get("iso_code", ""), _name(divisions[0]), _name(found.get("city")), str(carrier))


def _name(part: dict[str, Any] | None) -> str:
    names = (part or {}).get("names", {})
    return str(names.get("en", ""))


@functools.cache
def _opened(path: str) -> maxminddb.Reader | None:
    """Opened when first asked; without it the packaged data must do."""
    if not path:
        return None
    try:
        return maxminddb.open_database(path, maxminddb.MODE_MMAP_EXT)
    except (OSError, ValueError, maxminddb.InvalidDatabaseError) as error:
        logger.error("PARLEY_GEO_MMDB cannot be read (%s); places come from the packaged data.", error)
        return None
