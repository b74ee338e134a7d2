"""Where an address is and whose, from data on this machine alone: nobody is asked.

The packaged data know China by province, city and carrier, the rest of the world by country. An mmdb file
(`PARLEY_GEO_MMDB`) adds provinces and cities elsewhere, and IPv6.
"""

import functools
import ipaddress

from core.geo import packaged, world
from core.geo.location import NOWHERE, Location

__all__ = ["NOWHERE", "Location", "find", "household", "is_local"]


@functools.lru_cache(maxsize=20_000)
def find(address: str) -> Location:
    """The location of an IP address; nowhere for addresses of local networks and for what is no address."""
    ip = _parsed(address)
    return _of(ip) if ip is not None and ip.is_global else NOWHERE


@functools.lru_cache(maxsize=20_000)
def is_local(address: str) -> bool:
    """Whether it is of this machine or of a local network, or no address at all."""
    ip = _parsed(address)
    return ip is None or not ip.is_global


@functools.lru_cache(maxsize=20_000)
def household(address: str) -> str:
    """As whom an address counts: whoever has one of IPv6 has all 2⁶⁴ of its network, and is one all the same."""
    ip = _parsed(address)
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((int(ip) >> 64 << 64, 64)).network_address)
    return address if ip is None else str(ip)


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return None
    return ip.ipv4_mapped or ip if isinstance(ip, ipaddress.IPv6Address) else ip


def _of(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> Location:
    known = packaged.find(ip) if isinstance(ip, ipaddress.IPv4Address) else NOWHERE
    if known.country == "CN":
        return known
    return world.find(ip) or known
