"""Where an address is and whose, from data on this machine alone: nobody is asked.

The packaged data know China by province, city and carrier, the rest of the world by country. An mmdb file
(`PARLEY_GEO_MMDB`) adds provinces and cities elsewhere, and IPv6.
"""

import functools
import ipaddress

from core.geo import packaged, world
from core.geo.location import NOWHERE, Location

__all__ = ["NOWHERE", "Location", "find"]


@functools.lru_cache(maxsize=20_000)
def find(address: str) -> Location:
    """The location of an IP address; nowhere for addresses of local networks and for what is no address."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return NOWHERE
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return _of(ip) if ip.is_global else NOWHERE


def _of(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> Location:
    known = packaged.find(ip) if isinstance(ip, ipaddress.IPv4Address) else NOWHERE
    if known.country == "CN":
        return known
    return world.find(ip) or known
